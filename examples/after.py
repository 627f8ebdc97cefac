"""The same program for Claude: nothing is found."""

import json
import os

from openai import OpenAI

client = OpenAI(
    api_key=os.environ["CLAUDE_API_KEY"],
    base_url="https://gw.claudeapi.com/v1",
)

response = client.chat.completions.create(
    model="claude-sonnet-4-6",
    messages=[
        {"role": "system", "content": "You are a coding assistant. Answer with JSON only."},
        {"role": "user", "content": "Describe quicksort as JSON."},
    ],
    max_tokens=1024,
    temperature=0.7,
)
try:
    print(json.loads(response.choices[0].message.content or ""))
except json.JSONDecodeError:
    print("no JSON in the answer")
