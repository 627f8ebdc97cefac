import OpenAI from 'openai';
const openai = new OpenAI();
declare module 'x' { } openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 });
