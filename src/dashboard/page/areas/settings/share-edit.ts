/** Changes of the share over time, and the steps that it has. Days are those of the platform's zone. */

import { stepsOf, type ShareStep, type Variable } from '../../api/settings.js';
import { addDays, localDay, type Day } from '../../exact/time.js';
import { isSameShare } from './share.js';

/** What an admin asks for. */
export type ShareEdit =
  | {
      readonly kind: 'set';
      /** Percent. */
      readonly value: string;
      /** Null: it replaces every step. */
      readonly from: Day | null;
    }
  | { readonly kind: 'takeBack'; readonly day: Day };

/** The first day of a step; null: it holds from the beginning. */
export function firstDay({ from }: ShareStep, timeZone: string): Day | null {
  return from === null ? null : localDay(from, timeZone);
}

/** The last day of a step; null: it has no end. */
export function lastDay({ to }: ShareStep, timeZone: string): Day | null {
  return to === null ? null : addDays(localDay(to, timeZone), -1);
}

export function stateOf({ from, to }: ShareStep, now: Date): 'past' | 'now' | 'scheduled' {
  if (to !== null && new Date(to) <= now) return 'past';
  return from !== null && new Date(from) > now ? 'scheduled' : 'now';
}

/** Whether the steps already are what the edit asks for; a repeated edit then changes nothing. */
export function isDone(edit: ShareEdit, variable: Variable, timeZone: string): boolean {
  const steps = stepsOf(variable);
  if (edit.kind === 'takeBack') return steps.every((step) => firstDay(step, timeZone) !== edit.day);
  const { value, from } = edit;
  if (from === null) return steps.every((step) => isSameShare(step.value, value));
  const step = steps.findLast((one) => (firstDay(one, timeZone) ?? '') <= from);
  return step !== undefined && isSameShare(step.value, value);
}

export function dayOf(steps: readonly ShareStep[], index: number, timeZone: string): Day | null {
  const step = steps[index];
  return step === undefined ? null : firstDay(step, timeZone);
}

/** A share to try: from a day on, or in place of all steps. */
export interface Trial {
  /** Percent. */
  readonly value: string;
  readonly from: Day | null;
  /** The share of the step that the trial leaves out; absent: the trial adds a share. */
  readonly without?: string;
}

/** What shows the effect of a step: one that has begun is left out, another is tried for the whole period. */
export function trialOf(steps: readonly ShareStep[], index: number, timeZone: string): Trial | null {
  const [before, step] = [steps[index - 1], steps[index]];
  if (step === undefined) return null;
  if (before === undefined || stateOf(step, new Date()) === 'scheduled')
    return { value: step.value, from: null };
  return { value: before.value, from: firstDay(step, timeZone), without: step.value };
}

/** The days on which that effect can be seen; null: those that are chosen. */
export function daysOfEffect(
  steps: readonly ShareStep[],
  index: number,
  timeZone: string,
): { readonly startDate: Day | null; readonly endDate: Day | null } | null {
  const step = steps[index];
  if (step === undefined || trialOf(steps, index, timeZone)?.without === undefined) return null;
  return { startDate: firstDay(step, timeZone), endDate: lastDay(step, timeZone) };
}
