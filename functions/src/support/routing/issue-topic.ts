import { wordsOf } from '../text-folding.ts';

/** What an issue is about, in the customer's own words. */
export interface Subject {
  /** As written, e.g. "bleed settings". */
  phrase: string;
  /** A word of the trade, not just the customer's wording. */
  known: boolean;
  /** Field of work, by which issues are related; absent where the subject tells none, as a product does. */
  topic?: string;
}

const tail =
  '(?: (?:settings?|setup|profiles?|errors?|warnings?|files?|pages?|dates?|status|numbers?|colou?rs?|sizes?|lines?|marks?|area|format|lists?|codes?|links?|details?|costs?|times?|options?|samples?|address))?';

/** Words of the trade by field, most telling field first; English, Spanish, French and German. */
const glossary: readonly { topic?: string; terms: readonly string[] }[] = [
  {
    topic: 'file preparation',
    terms: [
      'bleeds?|sangrado|fonds? perdus?|beschnitt(?:zugabe)?|anschnitt',
      '(?:icc|colou?r) (?:profile|space|conversion|management)s?|perfil de color|profil (?:icc|couleur)|farbprofil',
      'cmyk|rgb|pantone|spot colou?rs?|rich black|ink coverage|overprint(?:ing)?|transparency|white ink',
      '(?:image |picture )?resolution|\\d+ ?dpi|dpi|resolucion|auflosung',
      'fonts?|embedded fonts?|fuentes?|polices?|schriften?',
      'crop marks?|trim(?: size)?|safe (?:zone|area|margin)|die ?lines?|templates?|artboards?|plantillas?|gabarits?|vorlagen?',
      '(?:pdf|file|print) exports?|export(?:ing)?|preflight|pdfs?|vector files?|artwork files?|druckdaten',
      'upload(?:s|ing|er)?|subir|telechargement|hochladen',
    ],
  },
  {
    topic: 'proofs',
    terms: [
      '(?:soft |hard |wet |digital )?proofs?|sign-?offs?|strike[ -]?offs?|approvals?|viewer|3d preview|preview',
      'pruebas?|maquetas?|epreuves?|bon a tirer|andrucke?|freigaben?|korrekturabzug',
    ],
  },
  {
    topic: 'delivery',
    terms: [
      'deliver(?:y|ies)|shipments?|parcels?|tracking|courier|pick ?up|entregas?|envios?|livraisons?|colis|lieferung(?:en)?|pakete?',
    ],
  },
  {
    topic: 'payment',
    terms: [
      'invoices?|refunds?|payments?|quotes?|prices?|discounts?|vat|deposit|facturas?|reembolso|presupuestos?|factures?|devis|remboursement|rechnung(?:en)?|angebote?|erstattung',
    ],
  },
  {
    topic: 'account',
    terms: ['passwords?|log-?in|sign-?in|accounts?|two-factor codes?|contrasena|mot de passe|passwort|konto'],
  },
  {
    topic: 'artwork',
    terms: [
      'logos?|layouts?|artwork|designs?|typos?|spelling|headlines?|barcodes?|qr codes?|photos?|logotipos?|diseno|maquette|entwurf',
    ],
  },
  {
    terms: [
      '(?:business |greeting |place |gift )cards?|flyers?|brochures?|booklets?|posters?|banners?|stickers?|labels?|boxes|cartons?|mugs?|t-?shirts?|hoodies?|signs?|photo books?|invitations?|envelopes?|tarjetas|etiquetas|etiquettes|affiches?|visitenkarten|etiketten|plakate?',
      'embroidery|foil|emboss(?:ing)?|varnish|lamination|paper|stocks?',
    ],
  },
];

const compiled = glossary.map(({ terms, ...field }) => ({
  field,
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${terms.join('|')})${tail}(?![\\p{L}\\p{N}])`, 'u'),
}));

/** The subject stands at the beginning; reading on would only cost time. */
const mostRead = 1_000;
const marks = /\p{M}/gu;

/** Folds without changing the length, so that a match can be cut out of the original. */
const foldInPlace = (text: string): string => {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return text;
  return lower.replace(/[\u0080-\uffff]/g, (letter) => {
    const plain = letter.normalize('NFD').replace(marks, '');
    return plain.length === 1 ? plain : letter;
  });
};

const wording =
  /(?:help with|(?:problem|trouble|issue|question|stuck) (?:with|about|on)|asking about|regarding) (?:the |my |our |your |a |an |some )?((?:[\p{L}\p{N}-]+ ?){1,4})/u;
const phraseEnd =
  /\s(?:and|or|but|for|that|which|because|so|when|in|on|at|to|from|is|are|was|please|as|if|i|we|you)\s.*$/u;

const subjectFromWording = (text: string, folded: string): Subject | undefined => {
  const match = wording.exec(folded);
  const found = match?.[1];
  if (match === null || found === undefined) return undefined;
  const start = match.index + match[0].length - found.length;
  const phrase = text
    .slice(start, start + found.length)
    .replace(phraseEnd, '')
    .trim();
  return phrase === '' ? undefined : { phrase, known: false };
};

/** The subject of an issue, or undefined when its words name none. */
export const subjectOf = (issue: string): Subject | undefined => {
  const text = issue.slice(0, mostRead).normalize('NFC');
  const folded = foldInPlace(text);
  for (const { field, pattern } of compiled) {
    const match = pattern.exec(folded);
    if (match)
      return { phrase: text.slice(match.index, match.index + match[0].length), known: true, ...field };
  }
  return subjectFromWording(text, folded);
};

const emptyWords = new Set(
  'about again been before cannot could does doesn from have help here issue just like make need order please print printed printing problem question should some thank thanks that their them then there they this want wants were what when where which with would your yours'.split(
    ' ',
  ),
);

/** A crude stem, good enough to match "profile" with "profiles" and "settings" with "setting". */
const stemOf = (word: string): string =>
  word.length > 4 ? word.replace(/(?:ies|es|s|e)$/, '').replace(/ing$/, '') : word;

/** Stems of the words that tell something of the subject. */
export const contentStemsOf = (issue: string): Set<string> =>
  new Set(
    wordsOf(foldInPlace(issue.slice(0, mostRead).normalize('NFC')))
      .filter((word) => word.length > 3 && !emptyWords.has(word))
      .map(stemOf),
  );
