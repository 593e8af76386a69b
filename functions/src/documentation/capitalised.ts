/** Code whose first letter means something: `convert()`, `placeOrder`, `order.total`, `retry_after`. */
const code = /^[a-z][\w$]*(?:[A-Z_(]|\.[\w$]{2})/;

/** The text as the beginning of a sentence; a name that begins it stays as it is. */
export const capitalised = (text: string): string =>
  code.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
