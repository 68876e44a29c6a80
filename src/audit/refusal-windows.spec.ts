import type { AuditEvent } from './audit-event.js';
import { RefusalWindows } from './refusal-windows.js';

const refusalOf = (actor: string | null, request = 1): AuditEvent => ({
  actor: actor === null ? null : { id: actor, roles: ['user'] },
  action: 'GET /api/users',
  target: { type: 'user', id: 'somebody' },
  requestId: `request-${request}`,
  outcome: 'refused',
});

describe('many refusals', () => {
  let sums: AuditEvent[];
  let windows: RefusalWindows;

  beforeEach(() => {
    jest.useFakeTimers();
    sums = [];
    windows = new RefusalWindows((event) => {
      sums.push(event);
      return Promise.resolve();
    });
  });
  afterEach(() => jest.useRealTimers());

  /** Number of refusals that are recorded one by one. */
  const written = (actor: string | null, attempts: number): number =>
    Array.from({ length: attempts }, (_, request) => windows.shouldRecord(refusalOf(actor, request))).filter(
      Boolean,
    ).length;

  it('are recorded one by one up to 60 per minute, then as one sum', () => {
    expect(written('flood', 100)).toBe(60);
    jest.advanceTimersByTime(59_999);
    expect(sums).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(sums).toEqual([
      {
        ...refusalOf('flood', 99),
        action: 'refusals.more',
        target: null,
        details: { attempts: 40 },
      },
    ]);
  });

  it('have no sum if each was recorded', () => {
    expect(written('curious', 60)).toBe(60);
    jest.advanceTimersByTime(60_000);
    expect(sums).toEqual([]);
  });

  it('are recorded one by one again in the next minute', () => {
    written('flood', 100);
    jest.advanceTimersByTime(60_000);
    expect(written('flood', 100)).toBe(60);
  });

  it('of one caller do not hide those of another; all unknown callers count as one', () => {
    written('flood', 100);
    expect(written('other', 1)).toBe(1);
    expect(written(null, 100)).toBe(60);
  });

  it('are summed when the service stops', async () => {
    written('flood', 61);
    written('other', 1);
    await windows.closeAll();
    expect(sums.map(({ actor, details }) => [actor?.id, details])).toEqual([['flood', { attempts: 1 }]]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
