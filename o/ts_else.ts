import OpenAI from 'openai';
const openai = new OpenAI();
if (a) { } else if (b) { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } else { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }
