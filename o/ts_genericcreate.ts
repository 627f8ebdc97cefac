import OpenAI from 'openai';
const openai = new OpenAI();
const r = await openai.chat.completions.create<any>({ model: 'gpt-4o', messages: [], seed: 1 });
