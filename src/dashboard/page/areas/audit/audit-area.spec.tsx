import { CallerContext, type Caller } from '../../session/me.js';
import { TestPage } from '../../testing/page.js';
import { AuditArea } from './audit-area.js';

const ADMIN = { platform: { timeZone: 'Europe/Berlin', currency: 'EUR' } } as Caller;

const EVENT = {
  when: '2026-05-01T09:30:00.123456Z',
  actor: 'root',
  actorRoles: ['admin'],
  action: 'variables.set',
  targetType: 'variable',
  target: 'currency',
  requestId: 'r-1',
  outcome: 'done',
  details: { from: 'USD', to: 'EUR' },
};

describe('the audit', () => {
  const page = new TestPage();
  afterEach(() => page.close());

  const open = async (path: string): Promise<void> => {
    await page.open(path);
    page.answers = {
      'GET /api/audit': () => ({
        body: {
          data: [{ ...EVENT, requestId: `r-${page.requests.length}` }],
          page: { limit: 50, nextCursor: page.requests.length === 1 ? 'next' : null },
        },
      }),
    };
    await page.show(
      <CallerContext.Provider value={ADMIN}>
        <AuditArea />
      </CallerContext.Provider>,
    );
  };

  it('asks for the filter of the address, and adds the next page with the same filter', async () => {
    await open('/audit?actor=root&outcome=done&from=2026-05-01&to=2026-05-31');
    await page.sees('USD → EUR');
    await page.press('Show more');
    await page.sees('2 entries, all shown');
    const filter = 'actor=root&outcome=done&startDate=2026-05-01&endDate=2026-05-31';
    expect(page.requests.map(({ route }) => route)).toEqual([
      `GET /api/audit?${filter}`,
      `GET /api/audit?${filter}&cursor=next`,
    ]);
    expect(document.activeElement?.textContent).toBe('2 entries, all shown');
  });

  it('asks nothing while the days are in the wrong order', async () => {
    await open('/audit?from=2026-05-31&to=2026-05-01');
    await page.sees('The last day is before the first.');
    expect(page.requests).toEqual([]);
  });
});
