import { foldText } from '../text-folding.ts';

/** Something that the words of an issue ask for or mention and that bears on the channel. */
interface CuePattern {
  /** What was seen, in words that can stand in a sentence after "because". */
  phrase: string;
  /** Over folded text: lower case, no accents. English, Spanish, French and German. */
  pattern: RegExp;
}

const any = (...parts: string[]): RegExp => new RegExp(`(?<![a-z0-9])(?:${parts.join('|')})(?![a-z0-9])`);

export const cuePatterns = {
  wantsVideo: {
    phrase: 'you ask to see each other on video',
    pattern: any(
      'video (?:call|meeting|conference|session|chat|bridge|link)s?',
      '(?:on|by|over|via|per|en|por|a|join the) video',
      '(?:on|to|through|before|in front of|around|round|view of|open) (?:a |the |my |our |your |one )?(?:web)?cam(?:era)?|camera (?:on|call)',
      'webcam|kamera|face ?time|zoom call|teams call',
      'face to face|cara a cara|in the eye',
      'visio|videollamada|videoconferencia|videoanruf|videokonferenz',
    ),
  },
  wantsCall: {
    phrase: 'you ask to talk it through',
    pattern: any(
      '(?:a|one|the|on) (?:quick )?(?:conference )?call(?: with)?',
      'conference|meeting|working session|design session|proper conversation|talk it (?:out|through|over)',
      'reunion|llamada|appel|entretien|rendez-vous|besprechung|gesprach',
      '(?:talk|speak|meet) (?:to|with) (?:your|the|whoever)',
      '(?:talk|speak|discuss (?:it|this))(?: (?:to|with) (?:you|me|us))? (?:on|over|by) (?:the )?phone|telefonieren',
    ),
  },
  wantsPerson: {
    phrase: 'you ask for a person',
    pattern: any(
      '(?:a )?(?:human|real person|live agent|live person|actual person)',
      '(?:call|ring|phone) (?:me|us)(?: back)?|answer the phone',
      '(?:not|no|stop|than|with) (?:a |the |your |this )?(?:chat ?)?bots?',
      '(?:talk|speak) to (?:a|an|some|somebody|someone|anyone)',
      'persona real|una persona|un humano|un humain|quelqu.un|un mensch|einen menschen|rufen sie|llamenme|appelez',
    ),
  },
  wantsSharedScreen: {
    phrase: 'it is best seen on one screen',
    pattern: any(
      '(?:shar(?:e|ed|ing)|see|watch|on|at|take over) (?:my|a|your|the|one|both|our)? ?screens?|screen ?shar(?:e|ing)|shared screen|my screen',
      '(?:on|in) ?screen|live on|control of my',
      '(?:look|go|open|walk|step|do|see|watch|check|page)(?: [a-z0-9]+){0,4} (?:with|beside) (?:me|us)',
      '(?:walk|take|talk|guide|lead) (?:me|us) (?:through|thru)',
      'show (?:me|you|u)|let me show|watch (?:me|while|as)|while i|as i do|over my shoulder|together',
      'pantalla|a la vez|juntos|(?:partage |mon |a l.|l.)ecran|ensemble|bildschirm|gemeinsam|zusammen|aufschalten|schalten sie sich',
    ),
  },
  onScreenPlace: {
    phrase: 'it is about something on the screen',
    pattern: any(
      'editors?|viewer|previews?|uploader|upload(?:s|ing|ed)?|page \\d+|(?:approval|order|proof|quote|payment|checkout) page',
      'settings?|toggle|button|dialog|menu|dashboard|layers?|overlay|simulator|configurator|designer tool|online tool|builder',
      'vista previa|editor|ajustes?|boton|apercu|editeur|reglages?|bouton|vorschau|einstellung(?:en)?|schaltflache|freigabefenster',
    ),
  },
  physicalSample: {
    phrase: 'it is about a printed sample',
    pattern: any(
      'samples?|swatch(?:es)?|strike[ -]?offs?|wet proof|press (?:pass|sheet)|in (?:my |the )?hand|light table|daylight|same (?:lamp|light)',
      'sheen|emboss(?:ing)?|texture|fabric|pantone book|prototype|mock ?up shop|held? (?:it|them|both|up|beside)',
      'muestras?|echantillons?|muster|andruck(?:e)?|tageslicht',
    ),
  },
  severalPeople: {
    phrase: 'several people have to agree',
    pattern: any(
      '(?:our|your|my|the) (?:[a-z]+ )?(?:directors?|board|committee|management|lawyers?|counsel|insurers?|developers?|engineers?|owner|partners?|auditors?|curator|architect|brand (?:owner|director|team)|creative director|art director|production manager|account manager|colou?rist|prepress lead|illustrator)',
      '(?:two|three|four|five|all|both) of us|(?:our|your) (?:[a-z]+ )?teams?|whoever (?:is|runs|understands|has)|stakeholders?|both sides',
      'direction|geschaftsfuhrer|(?:el|la) (?:responsable|jefe|comite)|le comite|los (?:tres|cuatro) socios',
    ),
  },
  asksHowTo: {
    phrase: 'it is a plain question',
    pattern: any(
      '(?:how|where|what|which) (?:do|does|can|should)(?: i| you| we| u| the| a)?',
      '(?:how|what) (?:is|are)|(?:what|which) (?:size|weight|format|file|paper)s?',
      'how (?:many|much|long|thick|big|small|far|late|early|to)|what.?s the|whats the|do (?:you|u|ya) (?:do|have|print|offer|guys|make|take|sell|stock|ship)|is there|are you open',
      'como (?:puedo|hago|se)|que (?:es|tamano|formato)|cuanto|cuantos|tienen|hacen|comment|quelle?s?|combien|est-ce que|avez-vous|faites-vous|wie (?:viel|lange|kann|bekomme|mache)|was (?:ist|kostet)|welche[rsn]?|haben sie|machen sie',
    ),
  },
  orderDesk: {
    phrase: 'somebody has to look at the order',
    pattern: any(
      'orders?|tracking|invoices?|refund(?:ed)?|deliver(?:y|ed|ies)|couriers?|drivers?|parcels?|shipp?(?:ed|ing|ment)|address|paid|charged|reprint(?:ed)?|cancel(?:led)?',
      'pedidos?|factura|entrega|envio|reembolso|commandes?|facture|livraison|livre|colis|rembourse(?:ment)?|bestellung|auftrag|rechnung|lieferung|paket|erstattung',
    ),
  },
  wantsNothing: {
    phrase: 'nothing has to be done but noted',
    pattern: any(
      'no (?:need to (?:reply|answer)|reply|answer needed|action|rush|hurry)|just (?:wanted|to say|a note|curious|exploring)|thank you|thanks|compliments|well done|love(?:d|ly)?|gorgeous|congratulations|approved?|go ahead|good to go|print it',
      'gracias|enhorabuena|aprobad[oa]|merci|bravo|valide|bon a tirer|danke|freigegeben|vielen dank',
    ),
  },
} as const satisfies Record<string, CuePattern>;

/** Cues of a longer text stand in its first paragraphs. */
const mostRead = 3_000;

export type CueName = keyof typeof cuePatterns;

export const cueNames = Object.keys(cuePatterns) as CueName[];

/** Wishes, which a "no" before them turns round: "no video call, please". */
const wishes: ReadonlyMap<CueName, RegExp> = new Map(
  (['wantsVideo', 'wantsCall', 'wantsSharedScreen'] as const).map((name) => [
    name,
    new RegExp(cuePatterns[name].pattern, 'g'),
  ]),
);

/** Looked for right before a wish, in the same clause. */
const refusal =
  /(?<![a-z0-9])(?:no|(?<!why )not|dont|don't|never|without|kein(?:e|en|er)?|nicht|ohne|pas|sans|sin)(?: (?!(?:until|but|unless|before|so|and)\b)[a-z0-9']+){0,4} $/;

/** Longer than a refusal with the words after it. */
const refusalReach = 80;

/** Whether the words give the cue, at one place at least where they do not refuse it. */
const gives = (folded: string, name: CueName): boolean => {
  if (!cuePatterns[name].pattern.test(folded)) return false;
  const wish = wishes.get(name);
  if (wish === undefined) return true;
  return [...folded.matchAll(wish)].some(
    ({ index }) => !refusal.test(folded.slice(Math.max(0, index - refusalReach), index)),
  );
};

/** Which cues the issue's own words give. */
export const cuesOf = (issue: string): ReadonlySet<CueName> => {
  const folded = foldText(issue.slice(0, mostRead));
  return new Set(cueNames.filter((name) => gives(folded, name)));
};
