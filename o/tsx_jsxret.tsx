import OpenAI from 'openai';
const openai = new OpenAI();
export default function P() { const f = async () => { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }; return (<div><form onSubmit={f}><input /></form></div>); }
