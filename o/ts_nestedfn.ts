import OpenAI from 'openai';
const openai = new OpenAI();
function a() { function b() { function c() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } } }
