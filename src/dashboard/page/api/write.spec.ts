import { TestPage } from '../testing/page.js';
import { answerOf, api } from './client.js';
import { write, type Outcome } from './write.js';

describe('a write', () => {
  const page = new TestPage();
  beforeEach(() => page.open());
  afterEach(() => page.close());

  const award = (): Promise<Outcome<object>> =>
    write((headers, signal) =>
      answerOf(api.POST('/api/credits/awards', { body: { userId: 'u', credits: '5' }, headers, signal })),
    );
  const keys = (): unknown[] =>
    page.requests.map(({ headers }) => (headers as Record<string, string>)['idempotency-key']);

  it('is sent again with the same key if its answer is lost', async () => {
    let attempts = 0;
    page.answers = {
      'POST /api/credits/awards': () => ((attempts += 1) === 1 ? 'lost' : { status: 201, body: { id: 'a' } }),
    };
    expect(await award()).toMatchObject({ kind: 'done', answer: { id: 'a' } });
    expect(keys()).toEqual([expect.any(String), keys()[0]]);
  });

  it('is not known to be done or not if every answer is lost, and can be asked about again', async () => {
    page.answers = { 'POST /api/credits/awards': () => 'lost' };
    const outcome = await award();
    expect(outcome.kind).toBe('unknown');
    page.answers = { 'POST /api/credits/awards': () => ({ status: 201, body: { id: 'a' } }) };
    expect(outcome.kind === 'unknown' && (await outcome.again())).toMatchObject({ kind: 'done' });
    expect(new Set(keys()).size).toBe(1);
  });

  it('is refused with the reason of the service, and not sent again', async () => {
    page.answers = {
      'POST /api/credits/awards': () => ({
        status: 422,
        body: { title: 'No', detail: 'Too many.', code: 'A.B' },
      }),
    };
    expect(await award()).toMatchObject({ kind: 'refused', refusal: { message: 'Too many.', code: 'A.B' } });
    expect(page.requests).toHaveLength(1);
  });
});
