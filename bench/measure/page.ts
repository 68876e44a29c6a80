import { Client } from 'undici';
import { BareSql } from '../opponents/bare-sql.js';
import { EVENTS_OF_USERS, naiveReport, USERS_OF_PARTNER } from '../opponents/naive-report.js';
import type { Figure, Figures } from '../goals.js';
import { startService, type Headers } from '../service-process.js';
import { ShippedStatements, type RequestStatements } from '../shipped-statements.js';
import { median, rounded, timed_ms } from '../statistics.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';
import { keepExplain, sharedBuffers } from './explain.js';
import { measureSteps } from './share-steps.js';
import { allOf, PAGE, viewsOf, type PartnerView, type View } from './views.js';

const WARM_UP_MS = 3_000;
/** Of the first view, which the service answers as its first requests: until Node has compiled what it runs often. */
const FIRST_WARM_UP_MS = 15_000;
const REQUESTS = 400;
/** Where pages are slow, fewer of them tell as much. */
const PATIENCE_MS = 20_000;
const REQUESTS_MIN = 20;

/** A view here, the one of the same rank at 100k, and the statements of its page. */
interface ComparedView extends View {
  readonly small: View;
  readonly statements: RequestStatements;
}

interface MeasuredView extends ComparedView {
  readonly p50_ms: Readonly<Record<'http' | 'sql' | 'http100k', number>>;
  readonly buffers: number;
}

/** page.*: what a page of 50 rows with its totals costs over HTTP, in SQL alone, at 100k, in buffers, and without anything stored. */
export async function measurePage(bench: Bench): Promise<Figures> {
  const views = await viewsOf(bench.large);
  const compared = await comparedViews(bench, allOf(views));
  const sql = await BareSql.open(bench.large.serviceUrl);
  const service = await startService(bench.large.folder);
  const serviceAt100k = await startService(bench.small.folder);
  const http = new Client(service.url);
  const httpAt100k = new Client(serviceAt100k.url);
  const measured: MeasuredView[] = [];
  try {
    for (const view of compared) {
      say(`page: ${view.name}`);
      const works = {
        http: () => ask(http, view.headers),
        sql: () => sql.run(view.statements.report),
        http100k: () => ask(httpAt100k, view.small.headers),
      };
      const p50_ms = await measureByTurns(works, measured.length === 0 ? FIRST_WARM_UP_MS : WARM_UP_MS);
      measured.push({ ...view, p50_ms, buffers: await buffersOf(bench, view) });
    }
  } finally {
    await Promise.all([http.close(), httpAt100k.close(), sql.close()]);
    await service.stop();
    await serviceAt100k.stop();
  }
  const middle = views.median[1];
  const ours_p50_ms = measured.find(({ name }) => name === middle?.name)?.p50_ms.http;
  if (middle === undefined || ours_p50_ms === undefined)
    throw new Error('The data set has no median partner.');
  return {
    ...figuresOf(measured),
    'page.steps_buffers': await measureSteps(bench, [views.finance, ...views.largest.slice(0, 1)]),
    'page.vs_naive': await measureNaive(bench, middle, ours_p50_ms),
  };
}

async function comparedViews(bench: Bench, views: readonly View[]): Promise<ComparedView[]> {
  const smallViews = allOf(await viewsOf(bench.small));
  const shipped = await ShippedStatements.open(bench.large.folder);
  const compared: ComparedView[] = [];
  for (const [index, view] of views.entries()) {
    const small = smallViews[index];
    if (small === undefined) throw new Error(`The data set of 100k has no ${view.name}.`);
    compared.push({ ...view, small, statements: await shipped.of(PAGE, view.headers) });
  }
  await shipped.close();
  return compared;
}

async function ask(client: Client, headers: Headers): Promise<void> {
  const { statusCode, body } = await client.request({ method: 'GET', path: PAGE, headers });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${PAGE}: ${statusCode} ${text}`);
}

/** One of each in turn, so that whatever disturbs the machine disturbs all; medians of what comes after the warm-up. */
async function measureByTurns<Name extends string>(
  works: Readonly<Record<Name, () => Promise<void>>>,
  warmUp_ms: number,
): Promise<Record<Name, number>> {
  const turns = (Object.entries(works) as [Name, () => Promise<void>][]).map(([name, work]) => ({
    name,
    work,
    times: [] as number[],
  }));
  const warm = performance.now() + warmUp_ms;
  while (performance.now() < warm) for (const { work } of turns) await work();
  const end = performance.now() + PATIENCE_MS;
  for (let n = 0; n < REQUESTS_MIN || (n < REQUESTS && performance.now() < end); n += 1) {
    for (const { work, times } of turns) times.push(await timed_ms(work));
  }
  return Object.fromEntries(turns.map(({ name, times }) => [name, rounded(median(times))])) as Record<
    Name,
    number
  >;
}

/** Blocks of the statements for rows and totals; how PostgreSQL runs them is kept. */
async function buffersOf(bench: Bench, { name, statements: { report } }: ComparedView): Promise<number> {
  const { owner } = bench.large;
  let buffers = 0;
  for (const statement of report) buffers += await sharedBuffers(owner, statement);
  await keepExplain(owner, bench, `page-${name.replaceAll(/[^a-z0-9]+/g, '-')}`, report);
  return buffers;
}

function figuresOf(views: readonly MeasuredView[]): Figures {
  const raw = (pick: (view: MeasuredView) => unknown): unknown =>
    Object.fromEntries(views.map((view) => [view.name, pick(view)]));
  const worst = (pick: (view: MeasuredView) => number): number => rounded(Math.max(...views.map(pick)));
  return {
    'page.http_vs_sql': {
      value: worst(({ p50_ms }) => p50_ms.http / p50_ms.sql),
      raw: raw(({ p50_ms }) => ({ http_p50_ms: p50_ms.http, sql_p50_ms: p50_ms.sql })),
    },
    'page.flat': {
      value: worst(({ p50_ms }) => p50_ms.http / p50_ms.http100k),
      raw: raw(({ p50_ms }) => ({ p50_ms: p50_ms.http, p50_at_100k_ms: p50_ms.http100k })),
    },
    'page.buffers': {
      value: worst(({ buffers }) => buffers),
      raw: raw(({ buffers, statements: { all, report } }) => ({
        buffers,
        queries_per_request: all.length,
        of_them_rows_and_totals: report.length,
      })),
    },
  };
}

/** One request of each: nobody would wait for more of the naive ones. */
async function measureNaive(bench: Bench, view: PartnerView, ours_p50_ms: number): Promise<Figure> {
  const { owner } = bench.large;
  say(`page: ${view.name} without anything stored`);
  const began = performance.now();
  const report = await naiveReport(owner, view.partnerId);
  const naive_ms = performance.now() - began;
  const statements = [
    { text: USERS_OF_PARTNER, values: [view.partnerId] },
    { text: EVENTS_OF_USERS, values: [[view.partnerId]] },
  ];
  await keepExplain(owner, bench, 'naive-report', statements, 'COSTS');
  return {
    value: rounded(naive_ms / ours_p50_ms),
    raw: { view: view.name, naive_ms: rounded(naive_ms), ours_p50_ms, events_folded: report.events },
  };
}
