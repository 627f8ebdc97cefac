import OpenAI from 'openai';
const openai = new OpenAI();
const m = 1; send({ m, r: openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }) });
