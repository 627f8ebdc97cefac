import OpenAI from 'openai';
const openai = new OpenAI();
@D({ r: openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }) }) class A { }
