/** The periods that a summary can be by. */
const UNITS = ['day', 'week', 'month'] as const;
export type PeriodUnit = (typeof UNITS)[number];

/** Second dimension of a summary: module or partner. */
const SUBJECTS = ['module', 'partner'] as const;
/** By this word a summary is by customers, the largest only, and by nothing else. */
export const BY_USER = 'user';
export type SubjectKind = (typeof SUBJECTS)[number] | typeof BY_USER;

/** Every word that `groupBy` accepts. */
export const GROUPING_WORDS = [...SUBJECTS, BY_USER, ...UNITS] as const;
export type GroupingWord = (typeof GROUPING_WORDS)[number];

/** Every valid `groupBy`: one word, or a period and a subject in either order. */
export const GROUPINGS: readonly string[] = [
  ...GROUPING_WORDS,
  ...UNITS.flatMap((unit) => SUBJECTS.flatMap((subject) => [`${unit},${subject}`, `${subject},${unit}`])),
];

/** The dimensions of a summary; at least one of the two is set. */
export interface Grouping {
  readonly unit: PeriodUnit | null;
  readonly subject: SubjectKind | null;
}

/** @param groupBy one of GROUPINGS; the order of its words does not matter */
export function groupingOf(groupBy: string): Grouping {
  const words = groupBy.split(',');
  return {
    unit: UNITS.find((unit) => words.includes(unit)) ?? null,
    subject: ([...SUBJECTS, BY_USER] as const).find((subject) => words.includes(subject)) ?? null,
  };
}

/** The words of a grouping, the period first. */
export function wordsOf({ unit, subject }: Grouping): GroupingWord[] {
  return [unit, subject].filter((word) => word !== null);
}

export function isUnit(word: GroupingWord): boolean {
  return UNITS.some((unit) => unit === word);
}
