import OpenAI from 'openai';
const openai = new OpenAI();
a().then(() => openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })).then(x => x);
