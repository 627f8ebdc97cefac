"""A chat program as it was written for OpenAI: every finding is real."""

import json

from openai import OpenAI

client = OpenAI(api_key="sk-openai-xxx")

response = client.chat.completions.create(
    model="gpt-4o",
    messages=[
        {"role": "system", "content": "You are a coding assistant."},
        {"role": "user", "content": "Describe quicksort as JSON."},
    ],
    max_tokens=1024,
    temperature=0.7,
    n=2,
    presence_penalty=0.5,
    response_format={"type": "json_object"},
)
print(json.loads(response.choices[1].message.content))
