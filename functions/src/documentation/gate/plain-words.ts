/** Words that claim nothing by themselves: those of grammar, and those in which changes are told. */
const words = `
a about above across after again against all almost already also although always among an and another any anybody
anyone anything are around as at available away back be became because become becomes been before began begin
begins behind being below beside besides best better between both brought but by call called calls came can cannot
cause choose chosen clear clearer clearly come comes could did different differently do does done down during each
earlier easier either else end ends enough even ever every everybody everyone everything few find first follow
followed following follows for former formerly found from full fully further gave get gets give given gives go goes
gone good got had happen happens hard has have having held help helps hence here hold holds how however if in
include included includes inside instead into is it its itself just keep keeps kept know known last later least less
let lets like likely listed little long longer look looks made mainly make makes making many may mean means meant
meanwhile might more most much must near need needed needs neither never next no nobody none nor not note nothing
now of off often old older on once one ones only onto open or other others otherwise our out outside over own part
parts people per perhaps place places please possible previous previously put rather read reads ready reason rest
run runs same said say says see seen send sends set sets several shall she should show shown shows side simple simply since
so some somebody someone something sometimes soon still such take taken takes tell tells than that the their them
themselves then there these they thing things think this those through thus time to together told too took toward try
turn turned under unless until up upon us use used useful user users uses using usual usually very want wanted wants
was way ways we well went were what whatever when where whether which while who whole whom whose why will with
within without word words work works would write writes written yet you your yourself

true false add added adds allow allowed allows appear appears before bring brings bug bugs change changed changes
code command commands component components constant constants count default defaults delete deleted dependencies
dependency described description documentation drop dropped drops element enumeration enumerations exist exists export exports
feature features field fields file fill fix fixed fixes flag flags function functions gain gained gains heading
headings hint hints improve install improved improvement improvements interface interfaces introduce introduced introduces
item items label labels left library line lines link links list lists mark member members method methods missing
move moved name named names namespace namespaces new number option optional options order package packages parameter
parameters pass passed path pattern peer point product properties property range ranges recognised release removal remove
removed removes rename renamed replace replaced replaces reply request require required requires response responses
return returned returns route routes screen second sentence setting settings source start starts status support
supported supports switch terminal text texts three title two type types value values variable version versions
visible three four five six seven eight nine ten eleven twelve choice choices button buttons class classes argument arguments engine engines commit interface api rest web
`;

/** By their last letter, so that most words are not looked at further. */
const suffixes: Record<string, string[] | undefined> = {
  g: ['ing'],
  d: ['ed', 'd'],
  s: ['es', 's'],
  y: ['ly'],
  e: ['e'],
};

/** The word without its ending, roughly: enough to see that "adds" and "added" are one word. */
export const stemOf = (word: string): string => {
  const suffix = suffixes[word.at(-1) ?? '']?.find(
    (candidate) => word.endsWith(candidate) && word.length - candidate.length >= 3,
  );
  return suffix === undefined ? word : word.slice(0, word.length - suffix.length);
};

const plainStems = new Set(words.trim().split(/\s+/).map(stemOf));

export const isPlainWord = (word: string): boolean => plainStems.has(stemOf(word));
