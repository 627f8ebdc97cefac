import OpenAI from 'openai';
const openai = new OpenAI();
do { x(); } while (await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }));
