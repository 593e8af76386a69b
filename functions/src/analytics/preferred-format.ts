import type { AnalyticsFormat } from '../protocol/analytics.ts';

const types: Record<AnalyticsFormat, string[]> = {
  json: ['application/json', 'application/*', '*/*'],
  csv: ['text/csv', 'text/*', '*/*'],
};

interface Range {
  type: string;
  quality: number;
}

const parse = (accept: string): Range[] =>
  accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    return { type, quality: Number.isFinite(quality) ? quality : 0 };
  });

/** The most specific range that names the format decides (RFC 9110, section 12.5.1). */
const qualityOf = (format: AnalyticsFormat, ranges: readonly Range[]): number => {
  const named = types[format].map((type) => ranges.find((range) => range.type === type));
  return named.find((range) => range !== undefined)?.quality ?? 0;
};

/** CSV when an Accept header wants it more than JSON; JSON in every other case. */
export const preferredFormat = (accept: string | undefined): AnalyticsFormat => {
  const ranges = parse(accept ?? '*/*');
  return qualityOf('csv', ranges) > qualityOf('json', ranges) ? 'csv' : 'json';
};
