import type { JSX } from 'preact';
import { act } from 'preact/test-utils';
import { useState } from 'preact/hooks';
import { answerOf, api } from '../api/client.js';
import { TestPage } from '../testing/page.js';
import { Combobox, type Choice } from './combobox.js';

async function find(q: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const query = q === '' ? {} : { q };
  const { data } = await answerOf(api.GET('/api/users', { params: { query }, signal }));
  return data.map(({ id }) => ({ id, label: id }));
}

function Chooser(): JSX.Element {
  const [chosen, setChosen] = useState('nobody');
  return (
    <>
      <Combobox label="Find a customer" find={find} onChoose={({ id }) => setChosen(id)} />
      <p>chosen: {chosen}.</p>
    </>
  );
}

const users = (...ids: string[]): { body: object } => ({ body: { data: ids.map((id) => ({ id })) } });

describe('a field that finds one of many', () => {
  const page = new TestPage();
  beforeEach(() => page.open());
  afterEach(() => page.close());

  const key = (name: string): Promise<void> =>
    act(() => {
      const input = document.querySelector('input');
      input?.dispatchEvent(new window.KeyboardEvent('keydown', { key: name, bubbles: true }));
    });
  const options = (): readonly string[] =>
    [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent ?? '');

  it('offers nothing that was found for an earlier text, not even to the Enter key', async () => {
    page.answers = { 'GET /api/users': () => users('many-1') };
    await page.show(<Chooser />);
    await page.type('Find a customer', 'many-1');
    await page.until(() => options().join() === 'many-1');
    page.answers = { 'GET /api/users': () => users('many-2') };
    await page.type('Find a customer', 'many-2');
    expect(options()).toEqual([]);
    await key('Enter');
    await page.sees('chosen: nobody.');
    await page.until(() => options().join() === 'many-2');
    await key('Enter');
    await page.sees('chosen: many-2.');
  });

  it('asks once for what is typed letter by letter', async () => {
    page.answers = { 'GET /api/users': () => users('many-1') };
    await page.show(<Chooser />);
    await page.type('Find a customer', 'm');
    await page.until(() => options().length === 1);
    for (const text of ['ma', 'man', 'many']) await page.type('Find a customer', text);
    expect(document.querySelector('[aria-busy=true]')).not.toBeNull();
    await page.until(() => options().length === 1);
    expect(page.requests.map(({ route }) => route)).toEqual(['GET /api/users?q=m', 'GET /api/users?q=many']);
  });
});
