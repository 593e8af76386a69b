/** Line of the first place of a text behind an offset, from 1; 1 when it is not there. */
export const lineOfText = (text: string, wanted: string, from = 0): number => {
  const offset = text.indexOf(wanted, from);
  return offset < 0 ? 1 : text.slice(0, offset).split('\n').length;
};
