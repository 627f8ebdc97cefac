import OpenAI from 'openai';
const openai = new OpenAI();
export default () => { async function act() { 'use server'; await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } return <form action={act} />; };
