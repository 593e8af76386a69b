/** A name, such as /Pages. */
export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A reference to an object of the file. */
export class PdfReference {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

export type PdfDictionary = ReadonlyMap<string, PdfValue>;

/** A value of a PDF as far as pages are made of them; texts are passed over and read as null. */
export type PdfValue = null | boolean | number | PdfName | PdfReference | PdfValue[] | PdfDictionary;

export const isDictionary = (value: PdfValue | undefined): value is PdfDictionary => value instanceof Map;

/** The whole number, if it is one and no less than 0. */
export const countIn = (value: PdfValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
