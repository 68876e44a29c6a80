import type { CaughtMistake } from './planted-mistakes.js';

const CHANGES = 'changes the share as the slow version does, instant by instant';
const FORM = 'has steps without gap, overlap or equal neighbours, and reads them back';
const INSIDE = 'has every instant of a range in one of its steps, with its share';

/** Mistakes in the timeline of the share, and the properties that must detect each of them. */
export const SHARE_MISTAKES: Readonly<Record<string, CaughtMistake>> = {
  'a step that lacks its first instant': {
    file: 'share/timeline.ts',
    replace: 'from === null || from <= instant',
    by: 'from === null || from < instant',
    caughtBy: [CHANGES, INSIDE],
  },
  'equal neighbours kept apart': {
    file: 'share/timeline.ts',
    replace: 'index === 0 || share !== starts[index - 1]?.share',
    by: 'index === 0 || share !== starts[index - 1]?.share || true',
    caughtBy: [FORM],
  },
  'steps that reach beyond the end of a range': {
    file: 'share/timeline.ts',
    replace: 'return one < other ? one : other;',
    by: 'return one > other ? one : other;',
    caughtBy: [INSIDE],
  },
  'a change from a day that removes what is scheduled later': {
    file: 'share/changes.ts',
    replace: 'step.from !== null && step.from > from',
    by: 'step.from !== null && step.from > from && false',
    caughtBy: [CHANGES],
  },
  'a new value for closed months': {
    file: 'share/changes.ts',
    replace: 'if (closedUntil === null) return',
    by: 'if (closedUntil !== undefined) return',
    caughtBy: [CHANGES],
  },
  'a closed month that takes changes on its last day': {
    file: 'share/changes.ts',
    replace: 'closedUntil !== null && instant < closedUntil',
    by: 'closedUntil !== null && instant < closedUntil - 1n',
    caughtBy: [CHANGES],
  },
  'a step taken back by the day before it': {
    file: 'share/changes.ts',
    replace: 'from >= day.to',
    by: 'from > day.to',
    caughtBy: [CHANGES],
  },
};
