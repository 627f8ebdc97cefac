import OpenAI from 'openai';
const openai = new OpenAI();
const a = <A>{x ? <B f={() => openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })} /> : null}</A>;
