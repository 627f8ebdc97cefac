import OpenAI from 'openai';
const openai = new OpenAI();
const a = <A render={() => <B>{() => <C x={openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })} />}</B>} />;
