import OpenAI from 'openai';
const openai = new OpenAI();
for await (const c of await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })) { x(c); }
