import OpenAI from 'openai';
const openai = new OpenAI();
Object.defineProperty(o, 'a', { get() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } });
