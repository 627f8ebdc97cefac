import OpenAI from 'openai';
const openai = new OpenAI();
for (let r = openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); r; r = 0) { }
