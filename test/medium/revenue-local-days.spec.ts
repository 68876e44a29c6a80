import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('local_day_start', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.serviceUrl, options: '-c TimeZone=UTC' });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each([
    ['an ordinary day', '2026-05-01', 'Europe/Berlin', '2026-04-30 22:00:00+00'],
    ['the day after a spring gap', '2026-03-30', 'Europe/Berlin', '2026-03-29 22:00:00+00'],
    ['a gap over midnight', '2018-11-04', 'America/Sao_Paulo', '2018-11-04 03:00:00+00'],
    ['a gap that begins before midnight', '1919-03-31', 'America/Toronto', '1919-03-31 04:30:00+00'],
    ['a midnight that comes twice', '2020-11-01', 'America/Havana', '2020-11-01 04:00:00+00'],
    [
      'a minute of the day before the clock goes back',
      '2006-10-29',
      'America/St_Johns',
      '2006-10-29 02:30:00+00',
    ],
    ['a day that is left out', '2011-12-30', 'Pacific/Apia', '2011-12-30 10:00:00+00'],
    ['the day after one that is left out', '2011-12-31', 'Pacific/Apia', '2011-12-30 10:00:00+00'],
    ['an offset with seconds', '1880-01-01', 'Europe/Amsterdam', '1879-12-31 23:42:30+00'],
    ['the first day of all', '0001-01-01', 'UTC', '0001-01-01 00:00:00+00'],
    ['the day after the last', '10000-01-01', 'Asia/Tokyo', '9999-12-31 15:00:00+00'],
  ])('gives the first instant of %s', async (_what, day, zone, expected) => {
    const { rows } = await client.query<{ start: string }>('SELECT local_day_start($1, $2)::text AS start', [
      day,
      zone,
    ]);
    expect(rows[0]?.start).toBe(expected);
  });

  it('agrees with a search second by second, around a sample of all changes of all zones', async () => {
    // Months with a change of offset, then their days; a sample of these, with the days next to them.
    const { rows } = await client.query<{ zone: string; day: string; start: string; found: string }>(`
      WITH zones AS (SELECT name FROM pg_timezone_names WHERE name !~ '^(posix|right)/' AND name ~ '/'),
      months AS (
        SELECT name, month, month AT TIME ZONE name - lag(month) OVER by_zone AT TIME ZONE name
                 <> month - lag(month) OVER by_zone AS changed
          FROM zones, generate_series('1880-01-01'::timestamptz, '2030-01-01', '1 month') AS month
        WINDOW by_zone AS (PARTITION BY name ORDER BY month)),
      sampled_months AS (SELECT * FROM months WHERE changed ORDER BY md5(name || month::text) LIMIT 250),
      days AS (
        SELECT name, instant, (instant AT TIME ZONE name)
                 - (instant - interval '1 day') AT TIME ZONE name <> interval '1 day' AS changed
          FROM sampled_months, generate_series(month - interval '1 month', month, '1 day') AS instant),
      cases AS (
        SELECT DISTINCT name AS zone, (instant AT TIME ZONE name)::date + beside AS day
          FROM days, generate_series(-1, 1) AS beside WHERE changed)
      SELECT zone, day::text, local_day_start(day, zone)::text AS start, found::text
        FROM cases,
             LATERAL (SELECT min(minute) AS minute
                        FROM generate_series(day::timestamp AT TIME ZONE 'UTC' - interval '17 hours',
                                             day::timestamp AT TIME ZONE 'UTC' + interval '17 hours', '1 minute') AS minute
                       WHERE minute AT TIME ZONE zone >= day::timestamp) AS first_minute,
             LATERAL (SELECT min(second) AS found
                        FROM generate_series(minute - interval '59 seconds', minute, '1 second') AS second
                       WHERE second AT TIME ZONE zone >= day::timestamp) AS first_second`);
    expect(rows.length).toBeGreaterThan(400);
    expect(rows.filter(({ start, found }) => start !== found)).toEqual([]);
  });
});
