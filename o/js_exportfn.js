import OpenAI from 'openai';
const openai = new OpenAI();
export async function POST() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }
