import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ShareTimeline } from '../../src/domain/index.js';
import { INSTANTS, slowChange, type ShareChange } from '../reference/slow-shares.js';
import type { Domain } from '../support/ledger-story.js';
import type { DomainProperty } from './ledger-properties.js';

const SHARES = [0n, 200_000n, 333_333n, 1_000_000n] as const;
const shares = fc.constantFrom(...SHARES);
const instants = fc.nat({ max: INSTANTS - 1 });
const changes = fc.oneof(
  { weight: 1, arbitrary: fc.record({ type: fc.constant('set' as const), share: shares }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('schedule' as const), from: instants, share: shares }),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(instants, fc.integer({ min: 1, max: 4 }))
      .map(([from, days]) => ({ type: 'takeBack' as const, from, to: from + days })),
  },
);
/** Null: nothing is closed. */
const closedUntil = fc.option(fc.nat({ max: 12 }), { nil: null, freq: 2 });
const stories = fc.array(changes, { minLength: 1, maxLength: 12 });
const spans = fc
  .tuple(fc.option(instants, { nil: null }), fc.option(instants, { nil: null }))
  .map(([from, to]) => ({ from: from === null ? null : BigInt(from), to: to === null ? null : BigInt(to) }));

function apply(domain: Domain, timeline: ShareTimeline, change: ShareChange, closed: bigint | null) {
  switch (change.type) {
    case 'set':
      return domain.setShare(timeline, change.share, closed);
    case 'schedule':
      return domain.scheduleShare(timeline, { from: BigInt(change.from), share: change.share }, closed);
    case 'takeBack':
      return domain.takeBackSteps(timeline, { from: BigInt(change.from), to: BigInt(change.to) }, closed);
  }
}

/** The share of every cell of the slow version. */
function cellsOf(domain: Domain, timeline: ShareTimeline): bigint[] {
  return Array.from({ length: INSTANTS + 1 }, (_, cell) => domain.shareAt(timeline, BigInt(cell) - 1n));
}

function afterAll(domain: Domain, story: readonly ShareChange[]): ShareTimeline {
  let timeline = domain.shareTimeline([{ from: null, share: 300_000n }]);
  for (const change of story) {
    const outcome = apply(domain, timeline, change, null);
    if (typeof outcome !== 'string') timeline = outcome;
  }
  return timeline;
}

/** Properties of every timeline of the share, over instants 0 to 29. */
export const SHARE_PROPERTIES = {
  'changes the share as the slow version does, instant by instant': (domain) =>
    fc.property(stories, closedUntil, (story, closed) => {
      let timeline = domain.shareTimeline([{ from: null, share: 300_000n }]);
      let cells: readonly bigint[] = cellsOf(domain, timeline);
      for (const change of story) {
        const outcome = apply(domain, timeline, change, closed === null ? null : BigInt(closed));
        const expected = slowChange(cells, change, closed === null ? 0 : closed + 1);
        if (typeof outcome === 'string' || typeof expected === 'string') {
          assert.equal(outcome, expected);
          continue;
        }
        timeline = outcome;
        cells = expected;
        assert.deepEqual(cellsOf(domain, timeline), cells);
      }
    }),

  'has steps without gap, overlap or equal neighbours, and reads them back': (domain) =>
    fc.property(stories, (story) => {
      const timeline = afterAll(domain, story);
      assert.equal(timeline[0].from, null);
      assert.equal(timeline.at(-1)?.to, null);
      timeline.slice(1).forEach((step, index) => {
        assert.equal(step.from, timeline[index]?.to);
        assert.notEqual(step.share, timeline[index]?.share);
      });
      assert.deepEqual(domain.timelineFromStored(domain.storedSteps(timeline)), timeline);
    }),

  'has every instant of a range in one of its steps, with its share': (domain) =>
    fc.property(stories, spans, (story, range) => {
      const timeline = afterAll(domain, story);
      const steps = domain.stepsWithin(timeline, range);
      for (let instant = -1n; instant < INSTANTS; instant += 1n) {
        const isInside =
          (range.from === null || instant >= range.from) && (range.to === null || instant < range.to);
        const found = steps.filter(
          ({ from, to }) => (from === null || instant >= from) && (to === null || instant < to),
        );
        assert.deepEqual(
          found.map(({ share }) => share),
          isInside ? [domain.shareAt(timeline, instant)] : [],
        );
      }
    }),
} satisfies Readonly<Record<string, DomainProperty>>;
