import OpenAI from 'openai';
const openai = new OpenAI();
const a = <A>{xs.map(x => <B key={x} f={() => openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })} />)}</A>;
