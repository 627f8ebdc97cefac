import OpenAI from 'openai';
const openai = new OpenAI();
const { choices: [c] } = await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 });
