import { gunzippedIfPacked } from '../credits/index.js';
import { formatDecimal, formatInstant, type Micros } from '../domain/index.js';
import { TieOut, type FileTieOut, type LedgerMoney, type ProviderColumns } from '../payments/index.js';
import { withApplication } from './command-line.js';
import { openInput } from './input-file.js';

export interface TieOutOptions extends ProviderColumns {
  readonly month: string;
}

/** Compares a payment provider's file with the payments of a month, and prints each difference. */
export async function tieOut(file: string, { month, ...columns }: TieOutOptions): Promise<void> {
  const input = gunzippedIfPacked(await openInput(file, '.csv'));
  const result = await withApplication((app) =>
    app.get(TieOut, { strict: false }).run(input, columns, month),
  );
  for (const line of differencesIn(result)) console.log(line);
  for (const line of summaryOf(result, month)) console.log(line);
  const { differing, onlyThere, onlyHere, complaints } = result;
  if (differing.length + onlyThere.length + onlyHere.length + complaints.length > 0) process.exitCode = 1;
}

function differencesIn({ complaints, differing, onlyThere, onlyHere }: FileTieOut): string[] {
  return [
    ...complaints,
    ...differing.map(({ there, here }) => {
      const texts = [money(there), money(here)].map((text, place) => {
        const { fee } = [there, here][place] as typeof there;
        return fee === null ? text : `${text} (fee ${formatDecimal(fee)})`;
      });
      return `line ${there.line}: ${there.id} is ${texts[0]} there, and ${texts[1]} here in ${nameOf(here)}`;
    }),
    ...onlyThere.map(({ there, otherMonth }) => {
      const here = otherMonth === null ? 'not recorded here' : `here ${nameOf(otherMonth)}`;
      return `line ${there.line}: ${there.id}, ${money(there)}, is only there; ${here}`;
    }),
    ...onlyHere.map((here) => `${nameOf(here)}, ${money(here)}, is only here`),
  ];
}

function summaryOf(
  { lines, matched, differing, onlyThere, onlyHere, otherMonths, timeZone }: FileTieOut,
  month: string,
): string[] {
  const remainder = new Map<string, Micros>();
  const add = (currency: string, amount: Micros): void => {
    remainder.set(currency, (remainder.get(currency) ?? 0n) + amount);
  };
  for (const { there, here } of differing) {
    add(there.currency, there.amount);
    add(here.currency, -here.amount);
  }
  for (const { there } of onlyThere) add(there.currency, there.amount);
  for (const here of onlyHere) add(here.currency, -here.amount);
  const sums = [...remainder].sort().map(([currency, sum]) => `${formatDecimal(sum)} ${currency}`);
  return [
    `${month} in ${timeZone}: ${lines} lines (${otherMonths} of other months); ${matched} matched, ${differing.length} differ, ${onlyThere.length} only there, ${onlyHere.length} only here.`,
    ...(sums.length === 0 ? [] : [`There less here: ${sums.join(', ')}.`]),
  ];
}

function money({ amount, currency }: Pick<LedgerMoney, 'amount' | 'currency'>): string {
  return `${formatDecimal(amount)} ${currency}`;
}

function nameOf({ type, id, occurredAt }: LedgerMoney): string {
  return `${type} ${id} of ${formatInstant(occurredAt)}`;
}
