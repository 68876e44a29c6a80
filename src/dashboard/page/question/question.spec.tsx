import type { JSX } from 'preact';
import { answerOf, api } from '../api/client.js';
import { TestPage } from '../testing/page.js';
import { Answer } from '../ui/answer.js';
import { useQuestion } from './question.js';

/** Shows the names that a search finds, and which search a button would export. */
function Search({ q }: { readonly q: string }): JSX.Element {
  const found = useQuestion({ q }, (query, signal) =>
    answerOf(api.GET('/api/modules', { params: { query }, signal })),
  );
  return (
    <>
      <p>exports {found.settled.value?.question.q ?? 'nothing'}</p>
      <Answer of={found}>
        {({ data }, { question }) => (
          <p>
            {question.q}: {data.map(({ name }) => name).join()}
          </p>
        )}
      </Answer>
    </>
  );
}

const modules = (...names: string[]): { body: object } => ({
  body: { data: names.map((name) => ({ name })) },
});

describe('a question', () => {
  const page = new TestPage();
  beforeEach(() => page.open());
  afterEach(() => page.close());

  it('keeps answer and question together, and offers no action while another one is loading', async () => {
    page.answers = { 'GET /api/modules': () => modules('Maps') };
    await page.show(<Search q="m" />);
    await page.sees('m: Maps');
    await page.sees('exports m');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    page.answers = { 'GET /api/modules': () => held.then(() => modules('Routes')) };
    const body = await page.show(<Search q="r" />);
    expect(body.textContent).toContain('exports nothing');
    expect(body.textContent).toContain('m: Maps');
    expect(body.querySelector('[aria-busy=true]')).not.toBeNull();
    release();
    await page.sees('exports rr: Routes');
  });

  it('ignores an answer that arrives after that of a later question', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    page.answers = { 'GET /api/modules': () => held.then(() => modules('Old')) };
    await page.show(<Search q="old" />);
    while (page.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    page.answers = { 'GET /api/modules': () => modules('New') };
    await page.show(<Search q="new" />);
    await page.sees('new: New');
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(document.body.textContent).toContain('new: New');
  });

  it('shows a failure instead of the answer before, and asks again on request', async () => {
    page.answers = { 'GET /api/modules': () => modules('Maps') };
    await page.show(<Search q="m" />);
    await page.sees('m: Maps');
    page.answers = { 'GET /api/modules': () => ({ status: 400, body: { title: 'Too short', code: 'X' } }) };
    const body = await page.show(<Search q="r" />);
    await page.sees('Too short');
    expect(body.textContent).not.toContain('Maps');
    expect(body.textContent).toContain('exports nothing');
    page.answers = { 'GET /api/modules': () => modules('Routes') };
    await page.press('Try again');
    await page.sees('r: Routes');
  });
});
