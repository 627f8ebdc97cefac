import OpenAI from 'openai';
const openai = new OpenAI();
void (async () => { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); })();
