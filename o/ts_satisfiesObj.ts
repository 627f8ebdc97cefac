import OpenAI from 'openai';
const openai = new OpenAI();
export default { fetch: async () => openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }) } satisfies ExportedHandler;
