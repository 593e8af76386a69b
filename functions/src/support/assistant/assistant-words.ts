import type { HandoverReason, Language } from '../../protocol/enumerations.ts';

/** What the assistant says by itself; nothing in it is a fact, a price, a date or a promise. */
interface Words {
  handover: Record<HandoverReason, string>;
  /** Somebody is wanted, and no channel of people is offered. */
  nobody: string;
  thanks: string;
  greeting: string;
}

const english: Words = {
  handover: {
    asked: 'I am handing you over to a person. What was said here comes along, so you need not repeat it.',
    unsure:
      'I cannot answer this well enough, so I am handing you over to a person. What was said here comes along.',
    critical: 'This is urgent, so I am handing you over to a person. What was said here comes along.',
  },
  nobody: 'No person can be reached here at the moment. What would you like to know in the meantime?',
  thanks: 'You are welcome. Is there anything else?',
  greeting: 'Hello, I am the assistant. What is it about?',
};

const german: Words = {
  handover: {
    asked: 'Ich gebe Sie an einen Menschen weiter. Was hier geschrieben wurde, wird mitgegeben.',
    unsure:
      'Das kann ich nicht gut genug beantworten, deshalb gebe ich Sie an einen Menschen weiter. Was hier geschrieben wurde, wird mitgegeben.',
    critical:
      'Das ist dringend, deshalb gebe ich Sie an einen Menschen weiter. Was hier geschrieben wurde, wird mitgegeben.',
  },
  nobody: 'Hier ist zurzeit kein Mensch erreichbar. Was möchten Sie inzwischen wissen?',
  thanks: 'Gern geschehen. Gibt es noch etwas?',
  greeting: 'Guten Tag, ich bin der Assistent. Worum geht es?',
};

const french: Words = {
  handover: {
    asked: 'Je vous passe une personne. Ce qui a été écrit ici lui est transmis.',
    unsure:
      'Je ne peux pas bien répondre à cela, je vous passe donc une personne. Ce qui a été écrit ici lui est transmis.',
    critical: 'C’est urgent, je vous passe donc une personne. Ce qui a été écrit ici lui est transmis.',
  },
  nobody: 'Personne n’est joignable ici pour le moment. Que souhaitez-vous savoir en attendant ?',
  thanks: 'Je vous en prie. Y a-t-il autre chose ?',
  greeting: 'Bonjour, je suis l’assistant. De quoi s’agit-il ?',
};

const spanish: Words = {
  handover: {
    asked: 'Le paso con una persona. Lo escrito aquí se le transmite.',
    unsure:
      'No puedo responder a esto lo bastante bien, así que le paso con una persona. Lo escrito aquí se le transmite.',
    critical: 'Esto es urgente, así que le paso con una persona. Lo escrito aquí se le transmite.',
  },
  nobody: 'Por el momento no hay ninguna persona disponible aquí. ¿Qué desea saber mientras tanto?',
  thanks: 'De nada. ¿Hay algo más?',
  greeting: 'Hola, soy el asistente. ¿De qué se trata?',
};

const words: Record<Language, Words> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  other: english,
};

export const wordsIn = (language: Language): Words => words[language];
