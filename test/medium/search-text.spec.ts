import fc from 'fast-check';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** The page is JavaScript, which the test's types do not include. */
const { searchText } = jest.requireActual<{ searchText: (text: string) => string }>(
  '../../src/dashboard/page/exact/search-text.js',
);

describe('the text that a search compares', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  const foldedBySql = async (texts: readonly string[]): Promise<string[]> => {
    const { rows } = await client.query<{ folded: string }>(
      'SELECT search_text(said) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS list (said, place) ORDER BY place',
      [texts],
    );
    return rows.map(({ folded }) => folded);
  };

  it.each([
    ['Café', 'cafe'],
    ['Cafe\u0301', 'cafe'],
    ['ÅNGSTRÖM ½', 'angstrom 1⁄2'],
    ['Straße, STRASSE', 'strasse, strasse'],
    ['Łódź Ærø Đakovo İIıi', 'lodz aero dakovo iiii'],
    ['ΟΔΟΣ Ὀδός', 'οδοσ οδοσ'],
    ['Ёлка Й', 'елка и'],
    ['ｆｕｌｌ ﬁt', 'full fit'],
    ['ガ か\u3099 한국', 'ガ が 한국'],
    ['कि', 'कि'],
    ['so\u00adft\u200b \u202eX\u202c\ufeff', 'soft x'],
  ])('of %j is %j, on the page and in the database', async (text, folded) => {
    expect(searchText(text)).toBe(folded);
    expect(await foldedBySql([text])).toEqual([folded]);
  });

  it('is the same on the page and in the database for texts of letters of all kinds', async () => {
    const letters = fc.stringMatching(
      /^[\u0020-\u024f\u0300-\u0345\u0370-\u0481\u1e00-\u1fff\u3041-\u30fa]{1,40}$/,
    );
    const texts = fc.sample(letters, 300);
    expect(await foldedBySql(texts)).toEqual(texts.map(searchText));
  });
});
