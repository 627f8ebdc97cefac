import OpenAI from 'openai';
const openai = new OpenAI();
const o = { [k]: openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }), [`x${k}`]() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } };
