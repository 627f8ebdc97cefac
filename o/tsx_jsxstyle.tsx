import OpenAI from 'openai';
const openai = new OpenAI();
const a = <style jsx>{`x ${openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 })}`}</style>;
