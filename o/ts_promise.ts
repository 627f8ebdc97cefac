import OpenAI from 'openai';
const openai = new OpenAI();
new Promise(async (res) => { res(await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })); });
