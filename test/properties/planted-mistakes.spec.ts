import fc from 'fast-check';
import { LEDGER_PROPERTIES, type DomainProperty } from './ledger-properties.js';
import type { Domain } from '../support/ledger-story.js';
import { domainWith } from './planted-mistake.js';
import { PLANTED_MISTAKES } from './planted-mistakes.js';
import { PLANTED_REVERSAL_MISTAKES } from './planted-reversal-mistakes.js';
import { PROPERTY_RUN } from './property-run.js';
import { SHARE_MISTAKES } from './share-mistakes.js';
import { SHARE_PROPERTIES } from './share-properties.js';
import { STATEMENT_MISTAKES } from './statement-mistakes.js';
import { STATEMENT_PROPERTIES } from './statement-properties.js';
import { VALUE_PROPERTIES } from './value-properties.js';

const PROPERTIES: Readonly<Record<string, DomainProperty>> = {
  ...LEDGER_PROPERTIES,
  ...VALUE_PROPERTIES,
  ...SHARE_PROPERTIES,
  ...STATEMENT_PROPERTIES,
};

const ALL_MISTAKES = {
  ...PLANTED_MISTAKES,
  ...PLANTED_REVERSAL_MISTAKES,
  ...SHARE_MISTAKES,
  ...STATEMENT_MISTAKES,
};

function run(property: DomainProperty, domain: Domain): fc.RunDetails<unknown> {
  const details = fc.check(property(domain) as fc.IProperty<unknown>, {
    ...PROPERTY_RUN,
    endOnFailure: true,
  });
  if (details instanceof Promise) throw new Error('the domain is synchronous, and so are its properties');
  return details;
}

describe('a planted mistake', () => {
  const mistakes = Object.entries(ALL_MISTAKES).flatMap(([name, mistake]) =>
    mistake.caughtBy.map((property) => ({ name, mistake, property })),
  );

  it.each(mistakes)('"$name" is caught: $property', ({ mistake, property }) => {
    const outcome = run(PROPERTIES[property] as DomainProperty, domainWith(mistake));
    // Any other error is a crash of the copy, not a detected mistake.
    expect(['AssertionError', 'HistoryError']).toContain((outcome.errorInstance as Error | null)?.name);
  });

  it('exists for every property, so that each is seen to fail', () => {
    const seen = new Set(mistakes.map(({ property }) => property));
    expect(Object.keys(PROPERTIES).filter((name) => !seen.has(name as never))).toEqual([]);
  });

  it('is needed: the copy without one passes', () => {
    const untouched = domainWith();
    for (const property of Object.values(PROPERTIES)) {
      expect(run(property, untouched).failed).toBe(false);
    }
  });

  it('must name existing text', () => {
    const gone = { file: 'decimal.ts', replace: 'text that was refactored away', by: '' };
    expect(() => domainWith(gone)).toThrow('contains this text 0 times, not once');
  });
});
