import { spacedWords, wordsOf } from '../text-folding.ts';

export type SmallTalk = 'thanks' | 'closing' | 'greeting';

/**
 * Words that small talk is made of, folded, in the four languages of the desk. The first kind of which a text has a
 * word is its kind: "hello, that worked" closes, "good morning" greets, "good" closes.
 */
const kinds: readonly [SmallTalk, string][] = [
  [
    'thanks',
    ' thank thanks thx cheers danke dank vielen dankeschon merci gracias muchas beaucoup mille perfect perfekt parfait perfecto great super ',
  ],
  [
    'closing',
    ' bye goodbye understood works worked done solved noch tschuss wiedersehen ciao verstanden erledigt geklappt funktioniert compris revoir adieu marche fonctionne adios entendido funciona listo luego ',
  ],
  [
    'greeting',
    ' hello hi hey hallo moin servus morning afternoon evening morgen tag abend bonjour salut bonsoir hola buenas buenos ',
  ],
  [
    'closing',
    ' ok okay alright all got good fine nice cool prima klar alles gut entendu accord bien vale acuerdo ',
  ],
];
const fillers =
  ' you so much very a lot that it this s now i see was is has helped helps me my for your the help and to have no nope day night there everyone guten guter gute schonen nein schon jetzt auf sehr ihnen euch fur die das ist es hat hilfe geholfen mir tout pour votre aide c est ca m a aide d au non tardes noches dias por su ayuda todo mas eso ha ayudado de hasta ya dir ';

const longestWords = 12;

/** A question by the order of its words, or by its mark. */
const question = /[?¿]|^ (?:is|was|has|ist|hat|war) (?:it|this|that|es|das|die) |^ est ce /u;

/** Nothing but signs of approval, in any colour of skin. */
const approval = /^(?:[👍👌🙏👏🤝😊🙂😀😃😄😁😉🥰😍❤🎉✅💯]\p{Emoji_Modifier}?\u{fe0f}?[\s!.]*)+$/u;

const has = (list: string, word: string): boolean => list.includes(` ${word} `);

/** What a text is that says nothing but thanks, a greeting or that all is settled; undefined when it says more. */
export const smallTalkOf = (text: string): SmallTalk | undefined => {
  if (approval.test(text.trim())) return 'closing';
  const spaced = spacedWords(text);
  if (question.test(text) || question.test(spaced)) return undefined;
  const words = wordsOf(spaced);
  if (words.length === 0 || words.length > longestWords) return undefined;
  const known = (word: string): boolean => has(fillers, word) || kinds.some(([, list]) => has(list, word));
  if (!words.every(known)) return undefined;
  return kinds.find(([, list]) => words.some((word) => has(list, word)))?.[0];
};
