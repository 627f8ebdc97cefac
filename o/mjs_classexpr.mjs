import OpenAI from 'openai';
const openai = new OpenAI();
var A = class { m() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } };
