import OpenAI from 'openai';
const openai = new OpenAI();
function* g() { const r = yield call(() => openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })); }
