import type { JSX } from 'preact';
import { answerOf, api, type Schemas } from '../api/client.js';
import { useQuestion } from '../question/question.js';
import { TestPage } from '../testing/page.js';
import { ShowMore } from './show-more.js';

type Modules = Schemas['ModuleList'];

function read(q: string, cursor: string | null, signal?: AbortSignal): Promise<Modules> {
  const query = cursor === null ? { q } : { q, cursor };
  return answerOf(api.GET('/api/modules', { params: { query }, signal }));
}

function Names({ q }: { readonly q: string }): JSX.Element {
  const found = useQuestion(q, (asked, signal) => read(asked, null, signal));
  return (
    <div>
      <p>
        {q}: {found.shown.value?.answer.data.map(({ name }) => name).join(' ')}.
      </p>
      <ShowMore of={found} read={read} />
    </div>
  );
}

function page1(name: string, nextCursor: string | null): { body: object } {
  return { body: { data: [{ name }], page: { limit: 1, nextCursor } } };
}

describe('a list with more rows', () => {
  const page = new TestPage();
  beforeEach(() => page.open());
  afterEach(() => page.close());

  it('adds the next page, and the button goes with the last one', async () => {
    page.answers = { 'GET /api/modules': () => page1('Maps', 'two') };
    await page.show(<Names q="a" />);
    await page.sees('a: Maps.');
    page.answers = { 'GET /api/modules': () => page1('Routes', null) };
    await page.press('Show more');
    await page.sees('a: Maps Routes.');
    expect(page.requests.at(-1)?.route).toBe('GET /api/modules?q=a&cursor=two');
    expect(document.querySelectorAll('button')).toHaveLength(0);
  });

  it('says that a page failed, and adds it when it is asked for again', async () => {
    page.answers = { 'GET /api/modules': () => page1('Maps', 'two') };
    await page.show(<Names q="a" />);
    await page.sees('a: Maps.');
    page.answers = { 'GET /api/modules': () => 'lost' };
    await page.press('Show more');
    await page.sees('The list could not be read.');
    page.answers = { 'GET /api/modules': () => page1('Routes', null) };
    await page.press('Show more');
    await page.sees('a: Maps Routes.');
  });

  it('ignores a page of the question before', async () => {
    page.answers = { 'GET /api/modules': () => page1('Maps', 'two') };
    await page.show(<Names q="a" />);
    await page.sees('a: Maps.');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    page.answers = { 'GET /api/modules': () => held.then(() => page1('Old', null)) };
    await page.press('Show more');
    page.answers = { 'GET /api/modules': () => page1('New', null) };
    await page.show(<Names q="b" />);
    await page.sees('b: New.');
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(document.body.textContent).not.toContain('Old');
  });
});
