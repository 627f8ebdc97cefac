import OpenAI from 'openai';
const openai = new OpenAI();
class A extends B { override async m(): Promise<void> { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } }
