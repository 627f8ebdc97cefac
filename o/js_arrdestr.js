import OpenAI from 'openai';
const openai = new OpenAI();
const [r] = await Promise.all([openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })]);
