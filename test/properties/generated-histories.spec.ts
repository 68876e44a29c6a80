import fc from 'fast-check';
import * as domain from '../../src/domain/index.js';
import { histories, recordedEntries } from '../support/ledger-arbitraries.js';
import { tellStory, type Step, type Story } from '../support/ledger-story.js';

const SAMPLE_SIZE = 400;

/**
 * Properties mean little for cases that are never generated, so each of these must be common enough to occur in a test
 * run.
 */
const MET_BY_STEPS: Readonly<Record<string, (step: Step) => boolean>> = {
  'a spend that free and purchased lots pay together': (step) =>
    new Set(step.taken.map(({ pool }) => pool)).size === 2,
  'a lapse of several lots': (step) => step.lapses.length > 1,
  'a lapse of value': (step) => step.lapses.some(({ value }) => value > 0n),
  'a settlement of two debts by one entry': (step) =>
    new Set(step.settled.map(({ spend }) => spend)).size > 1,
  'a settlement by a refund': (step) => step.entry.type === 'refund' && step.settled.length > 0,
  'a refund of unpaid and paid credits': (step) => step.cancelled > 0n && step.returned.length > 0,
  'a refund of several allocations': (step) => step.returned.length > 1,
  'a return into an expired lot': (step) => step.returned.some(({ lapsed }) => lapsed),
  'a return with value': (step) => step.returned.some(({ value }) => value > 0n),
  'a refund with a shortfall': (step) => step.entry.type === 'refund' && step.shortfall > 0n,
  'a purchaseRefund with a shortfall': (step) => step.entry.type === 'purchaseRefund' && step.shortfall > 0n,
  'a reversal of what is left': (step) => step.reversedLeft.length > 0,
  'a reversal of what has lapsed': (step) => step.reversedLapsed.some(({ value }) => value > 0n),
  'a reversal of what was paid': (step) => step.takenBack.some(({ value }) => value > 0n),
  'a reversal of two takings': (step) => step.takenBack.length > 1,
  'a reversal after which other lots pay': (step) => step.takenBack.length > 0 && step.settled.length > 0,
  'a reversal with a shortfall': (step) => step.entry.type === 'purchaseReversal' && step.shortfall > 0n,
  'a release that pays a spend again': (step) => step.paidAgain.length > 0,
  'a release of which a part fits': (step) => step.paidAgain.length > 0 && step.putBack.length > 0,
  'a release into an expired lot': (step) => step.putBack.some(({ lapsed }) => lapsed),
  'a purchaseRefund of a part': (step) =>
    step.withdrawn !== null &&
    step.openLots.some(
      ({ pool, lot, credits }) =>
        pool === 'purchased' && lot === step.withdrawn?.lot && credits > step.withdrawn.credits,
    ),
};

const MET_BY_STORIES: Readonly<Record<string, (story: Story) => boolean>> = {
  'entries at one instant': ({ steps }) =>
    steps.some(({ entry }, index) => steps[index + 1]?.entry.occurredAt === entry.occurredAt),
  'an expiry at the instant of an entry': ({ steps }) =>
    steps.some(({ entry, lapses }) => lapses.some(({ at }) => at === entry.occurredAt)),
  'two allocations of one lot for one spend': ({ spends }) =>
    spends.some(
      ({ allocations }) =>
        new Set(allocations.map(({ pool, lot }) => `${pool} ${lot}`)).size < allocations.length,
    ),
  'a debt in the end': ({ balance }) => balance.unpaidCredits > 0n,
  'a debt and credits that cannot pay it': ({ balance }) =>
    balance.unpaidCredits > 0n && balance.freeCredits + balance.purchasedCredits > 0n,
};

describe('generated histories', () => {
  const stories = fc
    .sample(recordedEntries, { seed: 1, numRuns: SAMPLE_SIZE })
    .map((entries) => tellStory(domain, entries));

  it.each(Object.entries(MET_BY_STEPS))('often contain %s', (_name, isMet) => {
    expect(stories.filter(({ steps }) => steps.some(isMet)).length).toBeGreaterThan(SAMPLE_SIZE / 50);
  });

  it.each(Object.entries(MET_BY_STORIES))('often contain %s', (_name, isMet) => {
    expect(stories.filter(isMet).length).toBeGreaterThan(SAMPLE_SIZE / 50);
  });

  it('often contain refused refunds and reversals, for each reason', () => {
    const reasons = fc
      .sample(histories, { seed: 1, numRuns: SAMPLE_SIZE })
      .flatMap(({ facts, candidates }) => domain.judgeAndFold(facts, candidates).refused)
      .map(({ reason }) => reason);
    for (const reason of [
      'unknownTarget',
      'beforeTarget',
      'alreadyReleased',
      'nothingLeft',
      'moreThanLeft',
    ]) {
      expect(reasons.filter((one) => one === reason).length).toBeGreaterThan(SAMPLE_SIZE / 50);
    }
  });
});
