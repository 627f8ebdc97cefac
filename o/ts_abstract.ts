import OpenAI from 'openai';
const openai = new OpenAI();
abstract class A { abstract x(): void; m() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } }
