import OpenAI from 'openai';
const openai = new OpenAI();
openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 });
