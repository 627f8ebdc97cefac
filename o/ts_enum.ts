import OpenAI from 'openai';
const openai = new OpenAI();
const enum E { A } openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 });
