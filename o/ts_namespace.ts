import OpenAI from 'openai';
const openai = new OpenAI();
namespace N { export const r = openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }
