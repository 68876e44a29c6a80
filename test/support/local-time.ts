const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/**
 * An instant in a zone's local time, with its offset, computed without the code under test; empty if it is not an
 * instant.
 */
export function localTimeOf(utc: string, zone: string): string {
  if (!INSTANT.test(utc)) return '';
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(new Date(utc));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const fraction = /\.\d+/.exec(utc)?.[0] ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}${fraction}${offset}`;
}
