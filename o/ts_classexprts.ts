import OpenAI from 'openai';
const openai = new OpenAI();
const A = class<T> implements I { m(): any { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } };
