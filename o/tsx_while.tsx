import OpenAI from 'openai';
const openai = new OpenAI();
while (true) { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }
