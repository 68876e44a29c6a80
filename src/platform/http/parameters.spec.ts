import { startHttpApplication, type HttpApplication } from '../../../test/support/http-application.js';
import {
  refusal,
  refusedFields,
  send,
  type Answer,
  type TestRequest,
} from '../../../test/support/http-client.js';
import { OpenController, ThingsController } from '../../../test/support/things-controller.js';
import { tokenOf } from '../../../test/support/tokens.js';

let door: HttpApplication;
const token = tokenOf('usr_1', ['user']);

beforeAll(async () => {
  door = await startHttpApplication([ThingsController, OpenController]);
});
afterAll(() => door.close());

const call = (path: string, request: TestRequest = {}): Promise<Answer> =>
  send(`${door.url}${path}`, { token, ...request });

describe('parameters', () => {
  it('reach the handler with their types', async () => {
    const answer = await call('/api/things?limit=7&mine=true&moduleId=a%2Bb&q=caf%C3%A9+au%20lait');

    expect(answer.json()).toEqual({ limit: 7, mine: true, moduleId: ['a+b'], q: 'café au lait' });
  });

  it('have defaults, and can be repeated if the route allows it', async () => {
    const answer = await call('/api/things?moduleId=a&moduleId=b');

    expect(answer.json()).toEqual({ limit: 50, moduleId: ['a', 'b'] });
  });

  it.each([
    ['unknown=1', 'query.unknown'],
    ['limit=1&limit=2', 'query.limit'],
    ['limit=1&limit=1', 'query.limit'],
    ['q=a&q=b', 'query.q'],
    ['limit=', 'query.limit'],
    ['limit', 'query.limit'],
    ['limit=0', 'query.limit'],
    ['limit=501', 'query.limit'],
    ['limit=0x10', 'query.limit'],
    ['limit=1e2', 'query.limit'],
    ['limit=10.0', 'query.limit'],
    ['limit=%2010', 'query.limit'],
    ['limit=99999999999999999999', 'query.limit'],
    ['mine=1', 'query.mine'],
    ['mine=TRUE', 'query.mine'],
    ['moduleId[]=a', 'query.moduleId[]'],
    ['moduleId[0]=a', 'query.moduleId[0]'],
    ['moduleId%5B0%5D=a', 'query.moduleId[0]'],
    ['moduleId=a&moduleId=b&moduleId=c&moduleId=d', 'query.moduleId'],
    ['moduleId=a&moduleId=b%20c', 'query.moduleId'],
    ['q=%00', 'query.q'],
    ['q=%ff', 'query.q'],
    ['q=%', 'query.q'],
    ['q=%zz', 'query.q'],
    ['%ff=1', 'query.?'],
    ['__proto__=1', 'query.__proto__'],
    ['constructor=1', 'query.constructor'],
    ['Limit=1', 'query.Limit'],
  ])('are refused as ?%s', async (query, field) => {
    expect(refusedFields(await call(`/api/things?${query}`))).toEqual([field]);
  });

  it('are refused with "only once" if they are repeated', async () => {
    expect(refusal(await call('/api/things?limit=1&limit=2')).errors?.[0]?.message).toContain('only once');
  });

  it.each(['moduleId=', 'moduleId=a&moduleId=', 'moduleId=a&moduleId=b%20c'])(
    'that can be repeated are refused with the error of one value: ?%s',
    async (query) => {
      const [error] = refusal(await call(`/api/things?${query}`), 400).errors ?? [];
      expect([error?.field, error?.message]).toEqual([
        'query.moduleId',
        expect.stringMatching(/^must be an id/),
      ]);
    },
  );

  it('are refused on routes without parameters', async () => {
    expect(refusedFields(await call('/api/things/a?x=1'))).toEqual(['query.x']);
    expect(refusedFields(await send(`${door.url}/api/open?x=1`))).toEqual(['query.x']);
  });
});

describe('an id in the path', () => {
  it.each([
    ['0x10', '0x10'],
    ['010', '010'],
    ['1e3', '1e3'],
    ['a%3Ab%7Cc%2B', 'a:b|c+'],
    ['true', 'true'],
    ['constructor', 'constructor'],
  ])('reaches the handler as it was written: %s', async (written, id) => {
    const answer = await call(`/api/things/${written}`);
    expect(answer.json()).toEqual({ id });
  });

  it.each(['%00', '__proto__', 'a%00', '%20', '-a', 'a%2Fb', '%F0%9F%9A%80', 'a'.repeat(129), 'a%0A'])(
    'is refused as %s',
    async (id) => {
      expect(refusedFields(await call(`/api/things/${id}`))).toEqual(['path.id']);
    },
  );

  it.each(['%', '%zz', '%E0%A4%A', '%ff'])('is refused with the broken escape %s', async (id) => {
    refusal(await call(`/api/things/${id}`));
  });
});
