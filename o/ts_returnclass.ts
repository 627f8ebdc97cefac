import OpenAI from 'openai';
const openai = new OpenAI();
function mk(B) { return class extends B { m() { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } }; }
