import OpenAI from 'openai';
const openai = new OpenAI();
const a = 1, r = await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }), c = 2;
