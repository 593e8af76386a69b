import { describe, expect, it } from 'vitest';
import { surfaceOf } from '../../../testing/code-surface.ts';

const textsOf = (files: Record<string, string>) =>
  [...surfaceOf(files).elements.values()]
    .filter(({ kind }) => kind === 'ui-text')
    .map(({ subject, file, line, evidence }) => `${subject} (${file}:${line}, ${evidence})`);

const page = (content: string) =>
  `import { useTranslation } from 'react-i18next';
export function Page({ busy }) {
  const { t } = useTranslation();
  return <main>${content}</main>;
}`;

describe('translations', () => {
  it('[DO2] joins the keys that a component names with their English texts', () => {
    const files = {
      'src/page.tsx': page(
        `<h1 title={t('page.hint')}>{t('page.title')}</h1><button aria-label={i18n.t('save')}>{busy ? t('saving') : t('save', { count })}</button>`,
      ),
      'public/locales/en/translation.json': `{
  "save": "Save  {{count}} changes",
  "saving": "Saving…",
  "page": {
    "title": "Your order",
    "hint": "What you want",
    "empty": ""
  }
}`,
      'public/locales/de/translation.json': '{ "save": "Speichern" }',
    };
    const file = 'public/locales/en/translation.json';
    expect(textsOf(files)).toEqual([
      `Page › h1 title "What you want" (${file}:6, heuristic)`,
      `Page › h1 "Your order" (${file}:5, heuristic)`,
      `Page › button label "Save {{count}} changes" (${file}:2, heuristic)`,
      `Page › button "Saving…" (${file}:3, heuristic)`,
      `Page › button "Save {{count}} changes" (${file}:2, heuristic)`,
    ]);
  });

  it('[DO2] shows no text that may be another one, and no key', () => {
    const files = {
      'src/page.tsx': page(
        `<p>{t('title')}{t('orders:title')}{t(\`state.\${busy}\`)}{t('missing')}{t('empty')}{format('same')}</p><b>{t('same')}</b>`,
      ),
      'locales/en/common.json': '{ "title": "Shop", "same": "Equal", "empty": " ", "list": ["a"] }',
      'locales/en/orders.json': '{ "title": "Orders", "same": "Equal" }',
      'locales/en-GB.json': 'broken',
    };
    expect(textsOf(files)).toEqual([
      'Page › p "Orders" (locales/en/orders.json:1, heuristic)',
      'Page › b "Equal" (locales/en/common.json:1, heuristic)',
    ]);
    expect(surfaceOf(files).unresolved).toMatchObject([
      { file: 'locales/en-GB.json', reason: 'It is no JSON text.' },
    ]);
  });
});
