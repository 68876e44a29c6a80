import { csvDialect, CsvText, neutralised, type CsvColumn, type CsvForm } from '../../platform/csv/index.js';
import type { LocalTimes } from '../../variables/index.js';
import type { AdjustmentLine, Cause, RevenueLine, StatementLine } from '../lines/line.js';

/** Lines that are written at a time. */
const LINES_PER_BATCH = 1_000;

/** The form of a statement's file. */
export interface LinesFile {
  readonly form: CsvForm | undefined;
  /** IANA name of a zone whose local times are shown too; null: only UTC. */
  readonly zone: string | null;
  /** Local times of these instants. */
  readonly localTimes: (instants: readonly string[]) => Promise<LocalTimes | null>;
}

/** Writes a statement's lines as CSV; the columns are the fields of both kinds of lines, under their JSON names. */
export async function* linesCsv(
  lines: AsyncIterable<Buffer>,
  { form, zone, localTimes }: LinesFile,
): AsyncGenerator<string> {
  let times: LocalTimes | null = null;
  const csv = new CsvText(
    columnsOf(zone, (instant) => times?.of(instant) ?? null),
    csvDialect(form),
  );
  yield csv.header;
  for await (const batch of batchesOf(lines)) {
    times = await localTimes(batch.map(({ createdAt }) => createdAt));
    yield csv.lines(batch);
  }
}

async function* batchesOf(lines: AsyncIterable<Buffer>): AsyncGenerator<StatementLine[]> {
  let batch: StatementLine[] = [];
  let rest = Buffer.alloc(0);
  for await (const piece of lines) {
    rest = Buffer.concat([rest, piece]);
    let at = 0;
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', at)) {
      batch.push(JSON.parse(rest.toString('utf8', at, end)) as StatementLine);
      at = end + 1;
      if (batch.length < LINES_PER_BATCH) continue;
      yield batch;
      batch = [];
    }
    rest = rest.subarray(at);
  }
  if (batch.length > 0) yield batch;
}

function columnsOf(
  zone: string | null,
  local: (instant: string) => string | null,
): CsvColumn<StatementLine>[] {
  const revenue = (name: keyof RevenueLine): CsvColumn<StatementLine> => ({
    label: name,
    value: (line) => (line.kind === 'revenue' ? line[name] : null),
    isDecimal: true,
  });
  const adjustment = (name: Exclude<keyof AdjustmentLine, 'causes'>): CsvColumn<StatementLine> => ({
    label: name,
    value: (line) => (line.kind === 'adjustment' ? line[name] : null),
    isDecimal: name !== 'corrects',
  });
  return [
    { label: 'kind', value: ({ kind }) => kind },
    { label: 'deploymentId', value: ({ deploymentId }) => deploymentId },
    { label: 'moduleId', value: ({ moduleId }) => moduleId },
    { label: 'moduleName', value: ({ moduleName }) => neutralised(moduleName) },
    { label: 'createdAt', value: ({ createdAt }) => createdAt },
    ...(zone === null
      ? []
      : [{ label: `createdAt (${zone})`, value: ({ createdAt }: StatementLine) => local(createdAt) }]),
    ...(
      [
        'creditCost',
        'freeCredits',
        'purchasedCredits',
        'unpaidCredits',
        'refundedCredits',
        'grossRevenue',
      ] as const
    ).map(revenue),
    ...(['statedGross', 'grossNow', 'difference'] as const).map(adjustment),
    { label: 'partnerRevenueShare', value: (line) => line.partnerRevenueShare, isDecimal: true },
    revenue('revenue'),
    adjustment('revenueDifference'),
    adjustment('corrects'),
    {
      label: 'causes',
      value: (line) => (line.kind === 'adjustment' ? line.causes.map(causeText).join('; ') : null),
    },
  ];
}

/** `award 2026-01 -1.05`, for finance `award gift_17 -1.05`; programs can read it, because ids contain no space. */
function causeText({ type, part, month, entryId }: Cause): string {
  return [type, entryId ?? month, part].filter((text) => text !== null && text !== undefined).join(' ');
}
