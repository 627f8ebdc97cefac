import OpenAI from 'openai';
const openai = new OpenAI();
export const r: Promise<any> = openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 });
