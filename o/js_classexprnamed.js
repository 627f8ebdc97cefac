import OpenAI from 'openai';
const openai = new OpenAI();
const A = class B { m() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } };
