import type { PlantedMistake } from './planted-mistake.js';
import type { STATEMENT_PROPERTIES } from './statement-properties.js';

interface StatementMistake extends PlantedMistake {
  readonly caughtBy: readonly (keyof typeof STATEMENT_PROPERTIES)[];
}

const PARTS = 'gives each later entry the part that two folds give it';
const CLOSINGS = 'adds up adjustments over any closings in between';

/** Mistakes of statements that a developer could make, and the properties that must detect each of them. */
export const STATEMENT_MISTAKES: Readonly<Record<string, StatementMistake>> = {
  'causes in the order of the events': {
    file: 'statements/causes.ts',
    replace: '.sort((left, right) => (left.sequence < right.sequence ? -1 : 1));',
    by: '.sort((left, right) => compareEntries(left.entry, right.entry));',
    caughtBy: [PARTS],
  },
  'the entry of the closing counted as later': {
    file: 'statements/causes.ts',
    replace: '.filter(({ sequence }) => sequence > closingSequence)',
    by: '.filter(({ sequence }) => sequence > closingSequence + 1n)',
    caughtBy: [PARTS, CLOSINGS],
  },
  'late entries folded without those recorded between': {
    file: 'statements/causes.ts',
    replace: '.filter((other) => other.sequence <= sequence);',
    by: '.filter((other) => other.sequence < sequence || other.entry === entry || other.sequence > sequence);',
    caughtBy: [PARTS],
  },
  'settled debts forgotten among what an entry touches': {
    file: 'statements/causes.ts',
    replace: '...settlements, ...(reversal',
    by: '...(reversal',
    caughtBy: [PARTS, CLOSINGS],
  },
  'deployments forgotten whose money a reversal took back': {
    file: 'statements/causes.ts',
    replace: '...(reversal?.takenBack ?? []), ',
    by: '',
    caughtBy: [PARTS],
  },
  'returns of a refund forgotten': {
    file: 'statements/causes.ts',
    replace: "if (returns.length > 0 && entry.type === 'refund')",
    by: "if (returns.length > 99 && entry.type === 'refund')",
    caughtBy: [PARTS],
  },
  'a correction without its sign': {
    file: 'statements/adjustment.ts',
    replace: 'correction: difference - explained',
    by: 'correction: explained - difference',
    caughtBy: ['calls a correction what no entry explains'],
  },
  'rounding half up': {
    file: 'statements/rounding.ts',
    replace: '(twice === unit && whole % 2n !== 0n)',
    by: 'twice === unit',
    caughtBy: ['rounds half to even, as on paper'],
  },
  'a payable amount that is not rounded': {
    file: 'statements/balance.ts',
    replace: 'const rounded = roundHalfEven(due, terms.currencyMinorUnit);',
    by: 'const rounded = due;',
    caughtBy: ['pays and carries what is due, over any months'],
  },
  'a minimum that must be exceeded': {
    file: 'statements/balance.ts',
    replace: 'rounded >= terms.minimumPayout',
    by: 'rounded > terms.minimumPayout',
    caughtBy: ['pays and carries what is due, over any months'],
  },
  'an opening of exactly one unit that waits': {
    file: 'statements/balance.ts',
    replace: 'return size >= minorUnitOf(currencyMinorUnit);',
    by: 'return size > minorUnitOf(currencyMinorUnit);',
    caughtBy: ['states an opening of one smallest unit or more'],
  },
  'names in the order in which they were given': {
    file: 'statements/canonical-json.ts',
    replace: 'Object.keys(value).sort(byCodeUnits)',
    by: 'Object.keys(value)',
    caughtBy: ['writes JSON that means the same, with sorted names'],
  },
};
