import OpenAI from 'openai';
const openai = new OpenAI();
function f(a: string): void; function f(a: any) { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }
