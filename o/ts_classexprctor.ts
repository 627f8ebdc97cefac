import OpenAI from 'openai';
const openai = new OpenAI();
var A = class { constructor() { this.x = openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }); } };
