import { CallerContext, type Caller } from '../../session/me.js';
import { TestPage } from '../../testing/page.js';
import { SignalsArea } from './signals-area.js';

const FINANCE = {
  platform: {
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    days: { firstDay: '2026-01-05', lastDay: '2026-03-01' },
  },
} as Caller;

const NONE = { reversedRevenue: 0, oneCustomer: 0, refundedInCircles: 0, related: 0, costlierThanBefore: 0 };

const ONE = {
  kind: 'oneCustomer',
  sentence: 'ann brought 120.5 EUR of the 150 EUR that the modules of acme earned in the month.',
  userId: 'ann',
  partnerId: 'acme',
  moduleId: null,
  figures: { gross: '120.5', partnerGross: '150' },
  deploymentIds: ['d-1', 'd 2'],
};

describe('the signals', () => {
  const page = new TestPage();
  afterEach(() => page.close());

  const open = async (path: string, data: readonly object[], counts = NONE): Promise<HTMLElement> => {
    await page.open(path);
    page.answers = {
      'GET /api/signals': () => ({
        body: { month: '2026-02', timeZone: 'Europe/Berlin', currency: 'EUR', data, counts },
      }),
    };
    return page.show(
      <CallerContext.Provider value={FINANCE}>
        <SignalsArea />
      </CallerContext.Provider>,
    );
  };

  it('are sentences with links, by kind, and say how many are not shown', async () => {
    const body = await open('/signals?month=2026-02', [ONE], { ...NONE, oneCustomer: 3 });
    await page.sees('ann brought €120.50 of the €150.00 that the modules of acme earned.');
    await page.sees('2 more are not shown');
    expect(page.requests.map(({ route }) => route)).toEqual(['GET /api/signals?month=2026-02']);
    expect([...body.querySelectorAll('h2')].map(({ textContent }) => textContent)).toEqual([
      'One customer behind most revenue',
    ]);
    const links = [...body.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual([
      expect.stringMatching(/\/customers\/ann$/),
      expect.stringContaining('deployment=d-1'),
      expect.stringContaining('deployment=d+2'),
    ]);
    expect([...body.querySelectorAll('option')].map(({ value }) => value)).toEqual([
      '',
      '2026-03',
      '2026-02',
      '2026-01',
    ]);
  });

  it('say what would be here if there are none', async () => {
    await open('/signals', []);
    await page.sees('Nothing to look at in February 2026');
    expect(page.requests.map(({ route }) => route)).toEqual(['GET /api/signals']);
  });
});
