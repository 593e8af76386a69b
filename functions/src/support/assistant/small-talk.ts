import { spacedWords, wordsOf } from '../text-folding.ts';

/** Words that a text of thanks or greeting is made of, folded, in the four languages of the desk. */
const thanks =
  ' thank thanks thx cheers danke dank vielen dankeschon merci gracias muchas beaucoup mille perfect perfekt parfait perfecto great super ';
const greetings = ' hello hi hey hallo moin servus bonjour salut bonsoir hola buenas buenos ';
const fillers =
  ' you so much very a lot that it was is all helped helps me my for your the help and to good morning day evening afternoon there everyone guten guter gute morgen tag abend schon sehr ihnen euch fur die das hat hilfe geholfen mir alles tout pour votre aide c est ca m a aide tardes noches dias por su ayuda todo mas eso ha ayudado dir ok okay ';

const longestWords = 12;

const has = (list: string, word: string): boolean => list.includes(` ${word} `);

/** A text that says nothing but thanks or a greeting; a question or anything else to do makes it neither. */
export const smallTalkOf = (text: string): 'thanks' | 'greeting' | undefined => {
  if (/[?¿]/u.test(text)) return undefined;
  const words = wordsOf(spacedWords(text));
  if (words.length === 0 || words.length > longestWords) return undefined;
  const known = words.every((word) => [thanks, greetings, fillers].some((list) => has(list, word)));
  if (!known) return undefined;
  if (words.some((word) => has(thanks, word))) return 'thanks';
  return words.some((word) => has(greetings, word)) ? 'greeting' : undefined;
};
