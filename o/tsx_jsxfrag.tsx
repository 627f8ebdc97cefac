import OpenAI from 'openai';
const openai = new OpenAI();
const a = <>{a && <B x={openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })} />}</>;
