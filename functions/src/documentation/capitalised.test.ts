import { describe, expect, it } from 'vitest';
import { capitalised } from './capitalised.ts';

describe('the beginning of a sentence', () => {
  it.each([
    ['prices carry a currency', 'Prices carry a currency'],
    ['convert() is now convertLength()', 'convert() is now convertLength()'],
    ['placeOrder takes an address', 'placeOrder takes an address'],
    ['order.total is a number', 'order.total is a number'],
    ['retry_after is sent', 'retry_after is sent'],
    ['e.g. A4', 'E.g. A4'],
    ['', ''],
  ])('[DO1] %j', (text, expected) => {
    expect(capitalised(text)).toBe(expected);
  });
});
