import OpenAI from 'openai';
const openai = new OpenAI();
a?.b?.(await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }))?.c;
