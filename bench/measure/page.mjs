import { Client } from 'undici';
import { keepExplain, sharedBuffers } from '../explain.mjs';
import { BareSql } from '../opponents/bare-sql.mjs';
import { EVENTS_OF_USERS, naiveReport, USERS_OF_PARTNER } from '../opponents/naive-report.mjs';
import { startService } from '../service-process.mjs';
import { ShippedStatements } from '../shipped-statements.mjs';
import { median, rounded, timed_ms } from '../statistics.mjs';
import { say } from '../terminal.mjs';
import { PAGE, viewsOf } from './views.mjs';

const WARM_UP_MS = 3_000;
/** Of the first view, which the service answers as its first requests: until Node has compiled what it runs often. */
const FIRST_WARM_UP_MS = 15_000;
const REQUESTS = 400;
/** Where pages are slow, fewer of them tell as much. */
const PATIENCE_MS = 20_000;
const REQUESTS_MIN = 20;

/** page.*: what a page of 50 rows with its totals costs over HTTP, in SQL alone, at 100k, in buffers, and without anything stored. */
export async function measurePage(bench) {
  const views = await viewsOf(bench.large);
  const smallViews = await viewsOf(bench.small);
  const shipped = await ShippedStatements.open(bench.large.folder);
  for (const view of views) view.statements = await shipped.of(PAGE, view.headers);
  await shipped.close();
  const sql = await BareSql.open(bench.large.serviceUrl);
  const services = [await startService(bench.large.folder), await startService(bench.small.folder)];
  const [http, httpSmall] = services.map(({ url }) => new Client(url));
  try {
    for (const [index, view] of views.entries()) {
      say(`page: ${view.name}`);
      const small = smallViews[index];
      const works = {
        http: () => ask(http, view.headers),
        sql: () => sql.run(view.statements.report),
        http100k: () => ask(httpSmall, small.headers),
      };
      view.p50_ms = await measureByTurns(works, index === 0 ? FIRST_WARM_UP_MS : WARM_UP_MS);
      view.buffers = 0;
      for (const statement of view.statements.report)
        view.buffers += await sharedBuffers(bench.large.owner, statement);
      const file = `page-${view.name.replaceAll(/[^a-z0-9]+/g, '-')}`;
      await keepExplain(bench.large.owner, bench, file, view.statements.report);
    }
  } finally {
    await Promise.all([http.close(), httpSmall.close(), sql.close()]);
    for (const service of services) await service.stop();
  }
  return { ...figuresOf(views), 'page.vs_naive': await measureNaive(bench, views.at(-2)) };
}

async function ask(client, headers) {
  const { statusCode, body } = await client.request({ method: 'GET', path: PAGE, headers });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${PAGE}: ${statusCode} ${text}`);
}

/** One of each in turn, so that whatever disturbs the machine disturbs all; medians of what comes after the warm-up. */
async function measureByTurns(works, warmUp_ms) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  const warm = performance.now() + warmUp_ms;
  while (performance.now() < warm) for (const work of Object.values(works)) await work();
  const end = performance.now() + PATIENCE_MS;
  for (let n = 0; n < REQUESTS_MIN || (n < REQUESTS && performance.now() < end); n += 1) {
    for (const [name, work] of Object.entries(works)) times[name].push(await timed_ms(work));
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, rounded(median(all))]));
}

function figuresOf(views) {
  const raw = (pick) => Object.fromEntries(views.map((view) => [view.name, pick(view)]));
  const worst = (pick) => rounded(Math.max(...views.map(pick)));
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
async function measureNaive(bench, view) {
  const { owner } = bench.large;
  say(`page: ${view.name} without anything stored`);
  let report = null;
  const naive_ms = await timed_ms(async () => (report = await naiveReport(owner, view.partnerId)));
  const statements = [
    { text: USERS_OF_PARTNER, values: [view.partnerId] },
    { text: EVENTS_OF_USERS, values: [[view.partnerId]] },
  ];
  await keepExplain(owner, bench, 'naive-report', statements, 'COSTS');
  return {
    value: rounded(naive_ms / view.p50_ms.http),
    raw: {
      view: view.name,
      naive_ms: rounded(naive_ms),
      ours_p50_ms: view.p50_ms.http,
      events_folded: report.events,
    },
  };
}
