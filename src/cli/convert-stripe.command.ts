import { gunzippedIfPacked } from '../credits/index.js';
import { StripeConverter, type StripeConversionResult } from '../payments/index.js';
import { withApplication } from './command-line.js';
import { openInput } from './input-file.js';

export interface ConvertStripeOptions {
  readonly purchases: 'sessions' | 'intents';
  readonly userKey: string;
  readonly creditsKey: string;
}

/** Prints lines of an import to standard output, and what was not converted to standard error. */
export async function convertStripe(file: string, options: ConvertStripeOptions): Promise<void> {
  const input = gunzippedIfPacked(await openInput(file, '.ndjson'));
  const result = await withApplication((app) =>
    app.get(StripeConverter, { strict: false }).convert(input, options),
  );
  for (const line of result.lines) console.log(JSON.stringify(line));
  for (const { line, event, reason } of result.unconverted) {
    console.error(`line ${line}${event === null ? '' : `, ${event}`}: ${reason}`);
  }
  console.error(summaryOf(result));
  if (result.unconverted.length > 0) process.exitCode = 1;
}

function summaryOf({ events, lines, unconverted, otherTypes }: StripeConversionResult): string {
  const others = [...otherTypes].sort().map(([type, count]) => `${type} (${count})`);
  return [
    `${events} events: ${lines.length} lines; ${unconverted.length} not converted.`,
    ...(others.length === 0 ? [] : [`Other events, which change nothing: ${others.join(', ')}.`]),
  ].join('\n');
}
