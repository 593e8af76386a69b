/** Words that say nothing about a topic, in the languages customers write; folded. */
const english =
  'a about after again all also am an and any are as at be been before being but by can cannot could did do does ' +
  'doing done for from get go got had has have having he her here hi hello him his how i if im in into is it its ' +
  'ive just know like ll me my need no not now of off on one only or our out over please re so some still than ' +
  'thank thanks that the their them then there these they this those to too up us very want was we well still work worked working works were what ' +
  'when where which who why will with would you your yours dont doesnt isnt cant wont';
const spanish =
  'al algo como con cual cuando de del donde el ella en entre era es esa ese eso esta este esto estoy favor fue ha ' +
  'hace hacer hasta hay he hola la las le les lo los mas me mi mis muy nos nuestra nuestro o para pero por porque ' +
  'puede puedo que quiero se ser si sin sobre son su sus tambien tengo tiene todo tu un una uno unos y ya yo gracias';
const french =
  'ai alors au aux avec bonjour c ca ce ces cette comment d dans de des du elle en est et etre fait faut il ils j je l ' +
  'la le les leur lui m ma mais me merci mes mon n ne nos notre nous on ou par pas peut peux plus pour pourquoi qu ' +
  'quand que quel quelle qui s sa sans se ses si son sont sur suis ta te tes toi ton tout tres tu un une va vos votre ' +
  'vous y';
const german =
  'aber alle als am an auch auf aus bei bin bis bitte danke das dass dem den der des die dies diese dir doch du durch ' +
  'ein eine einem einen einer eines er es fur haben hallo hat hatte ich ihm ihn ihr ihre im in ist ja kann kein keine ' +
  'konnen man mein meine meinem meinen mich mir mit muss nach nicht noch nur oder schon sehr sein seine sich sie sind ' +
  'so uber um und uns unser unsere unsern von vor war warum was wenn wer wie wieder will wir wird wo zu zum zur';

export const stopWords: ReadonlySet<string> = new Set(
  [english, spanish, french, german].join(' ').split(' '),
);
