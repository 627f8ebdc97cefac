import OpenAI from 'openai';
const openai = new OpenAI();
try { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } catch (e) { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } finally { await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); }
