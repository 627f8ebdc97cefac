import OpenAI from 'openai';
const openai = new OpenAI();
class A { private readonly r: any = openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }
