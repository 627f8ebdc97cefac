import OpenAI from 'openai';
const openai = new OpenAI();
html`<p>${openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })}</p>`;
