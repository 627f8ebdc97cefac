import OpenAI from 'openai';
const openai = new OpenAI();
A.prototype.m = function () { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); };
