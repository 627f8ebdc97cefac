import OpenAI from 'openai';
const openai = new OpenAI();
const r = (await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })).choices[0].message.content.trim();
