import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, prefer } from '../preferences/preferences.js';
import { catalogue, textsReady, type Texts } from './catalogue.js';

const t = catalogue(
  { rows: { one: '{count} row', other: '{count} rows' }, since: 'Since {when}', plain: 'Plain' },
  {
    de: () =>
      Promise.resolve({
        texts: {
          rows: { one: '{count} Zeile', other: '{count} Zeilen' },
          since: 'Seit {when}',
          plain: 'Einfach',
        },
      }),
  },
);

describe('the catalogue of texts', () => {
  afterEach(() => prefer({ language: undefined }));

  it('fills in values, and chooses the form of a number', () => {
    expect([
      t('plain'),
      t('since', { when: 'May' }),
      t('rows', { count: 1 }),
      t('rows', { count: 1200 }),
    ]).toEqual(['Plain', 'Since May', '1 row', '1,200 rows']);
  });

  it('has another language once it is chosen and loaded', async () => {
    prefer({ language: 'de' });
    await textsReady();
    expect([t('plain'), t('rows', { count: 1 }), t('rows', { count: 1200 })]).toEqual([
      'Einfach',
      '1 Zeile',
      '1.200 Zeilen',
    ]);
  });

  const files = readdirSync(join(__dirname, 'en'));
  it.each(files)('%s has the same keys and values in every language', async (file) => {
    const read = async (language: string): Promise<Texts> =>
      ((await import(`./${language}/${file}`)) as { texts: Texts }).texts;
    const english = await read('en');
    for (const language of LANGUAGES) {
      const texts = await read(language);
      expect([language, Object.keys(texts).sort()]).toEqual([language, Object.keys(english).sort()]);
      for (const [key, text] of Object.entries(english)) {
        expect([language, key, namesIn(texts[key])]).toEqual([language, key, namesIn(text)]);
      }
    }
  });
});

/** The names in braces. */
function namesIn(text: Texts[string] | undefined): string[] {
  const forms = typeof text === 'string' ? [text] : Object.values(text ?? {});
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
}
