import OpenAI from 'openai';
const openai = new OpenAI();
async function P() { const r = await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); return <p>{r.choices[0].message.content}</p>; }
