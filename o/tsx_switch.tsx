import OpenAI from 'openai';
const openai = new OpenAI();
switch (a) { case 1: await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); break; default: await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }
