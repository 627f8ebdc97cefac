import OpenAI from 'openai';
const openai = new OpenAI();
x[1] = await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 });
