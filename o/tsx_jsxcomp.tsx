import OpenAI from 'openai';
const openai = new OpenAI();
const P: React.FC<X> = ({ a = 1, ...rest }) => { const m = useMutation({ mutationFn: async () => openai.chat.completions.create({ model: 'gpt-4o', messages: [], seed: 1 }) }); return <div />; };
