import OpenAI from 'openai';
const openai = new OpenAI();
if (a) x(); else openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 });
