import type { HandoverReason, Language } from '../../protocol/enumerations.ts';

/** Ways to say the same, the usual one first. */
type Ways = readonly [string, string, ...string[]];

/** What the assistant says by itself; nothing in it is a fact, a price, a date or a promise. */
interface Words {
  handover: Record<HandoverReason, string>;
  /** Somebody is wanted, and no channel of people is offered. */
  nobody: string;
  /** It found nothing again, has asked all it could, and there is nobody to ask: what it can do, and no question. */
  unknown: Ways;
  /** Courtesies, each in several ways, so that whoever says thanks twice does not hear the same twice. */
  thanks: Ways;
  /** To whoever says that all is settled, or good-bye. */
  closing: Ways;
  greeting: Ways;
}

const english: Words = {
  handover: {
    asked: 'I am handing you over to a person. What was said here comes along, so you need not repeat it.',
    unsure:
      'I cannot answer this well enough, so I am handing you over to a person. What was said here comes along.',
    critical: 'This is urgent, so I am handing you over to a person. What was said here comes along.',
  },
  nobody: 'No person can be reached here at the moment. What would you like to know in the meantime?',
  unknown: [
    'I find nothing on this in what this shop has written down. Other words, or the name of the product, may find more. A person cannot be reached here at the moment.',
    'I know only what the articles and guides of this shop say, and this is not in them. I can look for one thing at a time, such as a product, a file or a setting.',
  ],
  thanks: [
    'You are welcome. Is there anything else?',
    'Glad to help. Ask again whenever you like.',
    'My pleasure. Write here if something else comes up.',
  ],
  closing: [
    'All right. Write here if something else comes up.',
    'Good. I am here if you need anything else.',
  ],
  greeting: ['Hello, I am the assistant. What is it about?', 'Hello again. What would you like to know?'],
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
  unknown: [
    'Dazu finde ich nichts in dem, was dieser Betrieb aufgeschrieben hat. Mit anderen Worten oder dem Namen des Produkts finde ich vielleicht mehr. Ein Mensch ist hier zurzeit nicht erreichbar.',
    'Ich weiß nur, was in den Artikeln und Anleitungen dieses Betriebs steht, und dort steht das nicht. Ich kann nach einer Sache auf einmal suchen, etwa nach einem Produkt, einer Datei oder einer Einstellung.',
  ],
  thanks: [
    'Gern geschehen. Gibt es noch etwas?',
    'Freut mich, wenn es hilft. Fragen Sie jederzeit wieder.',
    'Sehr gern. Schreiben Sie hier, wenn noch etwas ist.',
  ],
  closing: [
    'Alles klar. Schreiben Sie hier, wenn noch etwas ist.',
    'Gut. Ich bin hier, wenn Sie noch etwas brauchen.',
  ],
  greeting: [
    'Guten Tag, ich bin der Assistent. Worum geht es?',
    'Guten Tag noch einmal. Was möchten Sie wissen?',
  ],
};

const french: Words = {
  handover: {
    asked: 'Je vous passe une personne. Ce qui a été écrit ici lui est transmis.',
    unsure:
      'Je ne peux pas bien répondre à cela, je vous passe donc une personne. Ce qui a été écrit ici lui est transmis.',
    critical: 'C’est urgent, je vous passe donc une personne. Ce qui a été écrit ici lui est transmis.',
  },
  nobody: 'Personne n’est joignable ici pour le moment. Que souhaitez-vous savoir en attendant ?',
  unknown: [
    'Je ne trouve rien à ce sujet dans ce que cet atelier a écrit. D’autres mots, ou le nom du produit, donneront peut-être plus. Personne n’est joignable ici pour le moment.',
    'Je ne connais que les articles et les guides de cet atelier, et cela n’y figure pas. Je peux chercher une chose à la fois, comme un produit, un fichier ou un réglage.',
  ],
  thanks: [
    'Je vous en prie. Y a-t-il autre chose ?',
    'Avec plaisir. N’hésitez pas à demander encore.',
    'Il n’y a pas de quoi. Écrivez ici s’il y a autre chose.',
  ],
  closing: [
    'D’accord. Écrivez ici s’il y a autre chose.',
    'Bien. Je reste là si vous avez besoin d’autre chose.',
  ],
  greeting: ['Bonjour, je suis l’assistant. De quoi s’agit-il ?', 'Rebonjour. Que souhaitez-vous savoir ?'],
};

const spanish: Words = {
  handover: {
    asked: 'Le paso con una persona. Lo escrito aquí se le transmite.',
    unsure:
      'No puedo responder a esto lo bastante bien, así que le paso con una persona. Lo escrito aquí se le transmite.',
    critical: 'Esto es urgente, así que le paso con una persona. Lo escrito aquí se le transmite.',
  },
  nobody: 'Por el momento no hay ninguna persona disponible aquí. ¿Qué desea saber mientras tanto?',
  unknown: [
    'No encuentro nada sobre esto en lo que este taller ha escrito. Con otras palabras, o con el nombre del producto, quizá encuentre más. Por el momento no hay ninguna persona disponible aquí.',
    'Solo sé lo que dicen los artículos y las guías de este taller, y esto no está en ellos. Puedo buscar una cosa a la vez, como un producto, un archivo o un ajuste.',
  ],
  thanks: [
    'De nada. ¿Hay algo más?',
    'Con mucho gusto. Pregunte de nuevo cuando quiera.',
    'No hay de qué. Escriba aquí si surge algo más.',
  ],
  closing: ['De acuerdo. Escriba aquí si surge algo más.', 'Bien. Aquí estoy si necesita algo más.'],
  greeting: ['Hola, soy el asistente. ¿De qué se trata?', 'Hola de nuevo. ¿Qué desea saber?'],
};

const words: Record<Language, Words> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  other: english,
};

export const wordsIn = (language: Language): Words => words[language];
