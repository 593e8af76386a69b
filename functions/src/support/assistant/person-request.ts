import { foldText } from '../text-folding.ts';

/** What a customer calls somebody who is no machine, folded, by language. */
const people = {
  en: '(?:(?:a|an|the|your|some|another|real|actual|live|human|support|service|sales) )*(?:human(?: being)?|person|people|agent|representative|rep|employee|operator|colleague|adviser|advisor|consultant|supervisor|manager|somebody|someone|staff(?: member)?|team member)',
  de: '(?:(?:ein|eine|einen|einem|einer|dem|der|den|die|ihr|ihrem|ihren|ihrer|echte|echten|echter|richtige|richtigen|menschliche|menschlichen|anderen) )*(?:mensch|menschen|person|mitarbeiter|mitarbeiterin|mitarbeitern|kollege|kollegen|kollegin|berater|beraterin|jemand|jemanden|jemandem|kundendienst|kundenservice|support|chef|chefin|geschaftsleitung|vorgesetzten)',
  fr: "(?:(?:a|avec|un|une|le|la|votre|vrai|vraie) )*(?:(?:l'|d')?etre humain|humain|humaine|(?:quelqu )?quelqu'un|personne|conseiller|conseillere|agent|employe|employee|collegue|operateur|service client)",
  es: '(?:(?:a|con|un|una|el|la|algun|alguna|su) )*(?:ser humano|humano|humana|persona|alguien|agente|asesor|asesora|empleado|empleada|operador|operadora|representante|companero)',
};

/** Folded, and in any language of the desk: what asks for one of them. */
const requests: readonly RegExp[] = [
  `\\b(?:talk|speak|chat|write|call|connected?|connect me|put me through|transferr?(?:ed)?(?: me)?|escalate(?: me| this)?|hand(?:ed)? over|forward(?:ed)?(?: me)?|pass me(?: on)?)(?: (?:now|directly|please))? (?:to|with) ${people.en}\\b`,
  `\\b(?:need|want|get me|give me|prefer|would like|i'd like|can i have|may i have|could i have|let me have) (?:a |an |the |your )?(?:real |actual |live |human )+(?:person|human|agent|being|representative|operator|employee)?\\b(?! ?(?:eye|hand|figure|face|error)s?\\b)`,
  `\\b(?:need|want|get me|give me|prefer|would like|i'd like|can i have|may i have) (?:a|an) (?:human|person|agent|representative|operator|colleague)\\b(?! (?:in|on|from the|of the|eye|hand|figure|face))`,
  `\\b(?:is|are) there (?:a|an|any|one) (?:real |actual |live |single )*(?:humans?|persons?|people|agents?)\\b(?! (?:in|on))`,
  `\\b(?:a|one|any|single|real|actual) human(?: being)?,? (?:please )?(?:tell|tells|explain|explains|help|helps|look|looks|answer|answers|read|reads|let|take|has|have|who)\\b`,
  `\\bwho (?:can|do|could|may|should) (?:i|we) (?:speak|talk|write) to\\b`,
  `\\b(?:someone|anyone|somebody|anybody|grown[- ]up) (?:there )?(?:i|we) can (?:speak|talk) to\\b`,
  `\\bhear from (?:a (?:real |live )?(?:human|person)|some(?:one|body) who is(?:n't| not) a (?:ro)?bot)\\b`,
  `\\b(?:human|real person|live agent|agent|representative|operator),? (?:please|now)\\b`,
  `\\b(?:are you|is this|am i talking to|am i speaking to) (?:a |an )?(?:real )?(?:human|person|bot|robot|machine)\\b`,
  `\\b(?:sprechen|reden|telefonieren|chatten|schreiben|verbinden|verbunden|weiterleiten|weitergeleitet|verbinde|verbinden sie)\\b.{0,40}\\b(?:mit|an|zu) ${people.de}\\b`,
  `\\b(?:mit|an|zu) ${people.de} (?:aus (?:ihrem|dem) team )?(?:sprechen|reden|telefonieren|chatten|schreiben|verbinden|verbunden|weiterleiten|weitergeleitet)\\b`,
  `\\b(?:brauche|mochte|will|wunsche|bitte|gerne?)(?: mir)? (?:ein |eine |einen )?(?:echten?|echte|richtigen?|menschlichen?) (?:menschen?|person|mitarbeiter(?:in)?|berater(?:in)?|ansprechpartner(?:in)?)\\b`,
  `\\b(?:brauche|mochte|will|wunsche) (?:einen menschen|einen mitarbeiter|eine mitarbeiterin|einen ansprechpartner)\\b`,
  `\\b(?:mensch|mitarbeiter),? bitte\\b`,
  `\\b(?:sind sie|bist du|ist das|spreche ich mit) (?:ein |eine |einem |einer )?(?:echter? |echten? )?(?:mensch|menschen|bot|roboter|maschine)\\b`,
  `\\b(?:parler|discuter|echanger|ecrire|contacter|joindre|passez[- ]moi|mettez[- ]moi en (?:contact|relation)|transferez[- ]moi|mis en relation|etre mis en contact)(?: (?:avec|a|au|directement))* ${people.fr}\\b`,
  `\\b(?:veux|voudrais|souhaite|souhaiterais|besoin d['e]|prefere|aimerais)(?: (?:un|une|avoir))* (?:vrai |vraie )?(?:(?:etre )?humain|conseiller|conseillere|vraie personne)\\b`,
  `\\b(?:humain|conseiller|conseillere),? s'il (?:vous|te) plait\\b`,
  `\\b(?:etes[- ]vous|es[- ]tu|est[- ]ce) (?:un |une )?(?:vrai |vraie )?(?:humain|personne|robot|machine)\\b`,
  `\\b(?:hablar|chatear|comunicarme|comunicar|contactar|escribir|pasarme|paseme|pongame|conecteme|transferirme|transfierame|derivarme|me atienda|que me atienda|atiendame)(?: (?:directamente|en contacto|ya))*(?: (?:con|a))? ${people.es}\\b`,
  `\\b(?:quiero|quisiera|necesito|prefiero|deseo|me gustaria)(?: (?:a|un|una))* (?:ser humano|humano|persona (?:real|de verdad)|agente|asesora?|operadora?|representante)\\b`,
  `\\b(?:humano|agente|asesora?|persona real),? por favor\\b`,
  `\\b(?:eres|es usted|es esto) (?:un |una )?(?:humano|persona|robot|bot|maquina)\\b`,
].map((pattern) => new RegExp(pattern, 'u'));

/** Takes a request back; looked for right before it. */
const refusals =
  /\b(?:don't|do not|dont|no need|needn't|doesn't|didn't|not|never|nicht|kein|keinen|keine|ohne|ne|pas|sans|no|sin)\b(?:[^.!?]{0,30})$/u;

const spaces = /\s+/gu;

/** Whether the writer asks to be helped by a person; a request that is taken back in the same sentence is none. */
export const asksForPerson = (text: string): boolean => {
  const folded = foldText(text).replace(spaces, ' ');
  return requests.some((request) => {
    const found = request.exec(folded);
    return found !== null && !refusals.test(folded.slice(0, found.index));
  });
};
