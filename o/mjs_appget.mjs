import OpenAI from 'openai';
const openai = new OpenAI();
app.get('/', async (req, res) => { res.json(await openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })); });
