import OpenAI from 'openai';
const openai = new OpenAI();
const a = <A onClick={async () => { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }} />;
