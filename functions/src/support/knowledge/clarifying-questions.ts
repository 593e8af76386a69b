import type { Category, Language } from '../../protocol/enumerations.ts';

type Questions = Record<Category, string>;

const english: Questions = {
  urgent: 'Which order is it, and by when exactly must it be settled?',
  approval: 'Which order and which version of the proof do you mean?',
  revision: 'Which order is it, and what exactly should stand there instead?',
  technical: 'Which file and program do you use, and what exactly does the screen say?',
  question: 'Which product is it about, and what would you like to know of it?',
  general: 'Which order is it about, and what would help you most?',
};

const spanish: Questions = {
  urgent: '¿De qué pedido se trata y para cuándo exactamente tiene que estar resuelto?',
  approval: '¿A qué pedido y a qué versión de la prueba se refiere?',
  revision: '¿De qué pedido se trata y qué debe figurar exactamente en su lugar?',
  technical: '¿Qué archivo y qué programa usa, y qué dice exactamente la pantalla?',
  question: '¿De qué producto se trata y qué desea saber?',
  general: '¿De qué pedido se trata y qué le ayudaría más?',
};

const french: Questions = {
  urgent: 'De quelle commande s’agit-il, et pour quand exactement faut-il une solution ?',
  approval: 'De quelle commande et de quelle version de l’épreuve parlez-vous ?',
  revision: 'De quelle commande s’agit-il, et que faut-il mettre exactement à la place ?',
  technical: 'Quel fichier et quel logiciel utilisez-vous, et que dit exactement l’écran ?',
  question: 'De quel produit s’agit-il, et que souhaitez-vous savoir ?',
  general: 'De quelle commande s’agit-il, et qu’est-ce qui vous aiderait le plus ?',
};

const german: Questions = {
  urgent: 'Um welche Bestellung geht es, und bis wann genau muss es geklärt sein?',
  approval: 'Welche Bestellung und welche Version des Korrekturabzugs meinen Sie?',
  revision: 'Um welche Bestellung geht es, und was genau soll stattdessen dort stehen?',
  technical: 'Welche Datei und welches Programm verwenden Sie, und was steht genau auf dem Bildschirm?',
  question: 'Um welches Produkt geht es, und was möchten Sie darüber wissen?',
  general: 'Um welche Bestellung geht es, und was würde Ihnen am meisten helfen?',
};

const questions: Record<Language, Questions> = {
  en: english,
  es: spanish,
  fr: french,
  de: german,
  other: english,
};

/** What to ask when no article answers: a plain question in the writer's language (rule RO9). */
export const clarifyingQuestion = (category: Category, language: Language): string =>
  questions[language][category];
