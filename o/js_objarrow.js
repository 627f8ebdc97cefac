import OpenAI from 'openai';
const openai = new OpenAI();
const o = { m: async () => openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }) };
