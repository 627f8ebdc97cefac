import OpenAI from 'openai';
const openai = new OpenAI();
class A { static async m() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } }
