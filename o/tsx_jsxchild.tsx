import OpenAI from 'openai';
const openai = new OpenAI();
const a = <A>{openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })}</A>;
