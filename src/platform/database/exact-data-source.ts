import { DataSource, type DataSourceOptions } from 'typeorm';

const INSTANT_TYPES: ReadonlySet<unknown> = new Set([
  'timestamptz',
  'timestamp',
  'timestamp with time zone',
  'timestamp without time zone',
]);

/**
 * Creates a DataSource that reads and writes timestamp columns of entities as PostgreSQL's text (`2026-05-01
 * 12:00:00.123456+00`). TypeORM would convert them to a JavaScript Date, which has only milliseconds. A column's
 * transformer still applies, between the entity and that text.
 */
export function exactDataSource(options: DataSourceOptions): DataSource {
  const dataSource = new DataSource(options);
  const { driver } = dataSource;
  const hydrate = driver.prepareHydratedValue.bind(driver);
  const persist = driver.preparePersistentValue.bind(driver);
  driver.prepareHydratedValue = (value: unknown, column): unknown =>
    hydrate(value, INSTANT_TYPES.has(column.type) ? asText(column) : column);
  driver.preparePersistentValue = (value: unknown, column): unknown =>
    persist(value, INSTANT_TYPES.has(column.type) ? asText(column) : column);
  return dataSource;
}

/** The same column with the type text for the driver, so that only the column's transformer changes the value. */
function asText<Column extends { type: unknown }>(column: Column): Column {
  return Object.create(column, { type: { value: 'text' } }) as Column;
}
