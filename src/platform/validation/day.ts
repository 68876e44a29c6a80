import { isCalendarDate } from '../../domain/index.js';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is an existing day in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  return match !== null && isCalendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
}
