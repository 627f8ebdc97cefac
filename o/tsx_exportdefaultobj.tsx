import OpenAI from 'openai';
const openai = new OpenAI();
export default { async fetch(req, env) { return openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } };
