import OpenAI from 'openai';
const openai = new OpenAI();
const r = <any>(await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }));
