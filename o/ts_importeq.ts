import OpenAI from 'openai';
const openai = new OpenAI();
import X = require('x'); openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 });
