import { join } from 'node:path';

/** Where things are inside the data folder. */
export interface Layout {
  readonly dataDirectory: string;
  /** Everything that belongs together: it appears at once, by a rename, when the cluster is complete. */
  readonly home: string;
  /** PostgreSQL's own data directory (PGDATA). */
  readonly cluster: string;
  readonly credentials: string;
  /** The port of the last start, taken again so that addresses stay valid over a restart. */
  readonly port: string;
  readonly log: string;
  readonly mutex: string;
}

export function layoutOf(dataDirectory: string): Layout {
  const home = join(dataDirectory, 'postgres');
  return {
    dataDirectory,
    ...insideHome(home),
    log: join(dataDirectory, 'postgres.log'),
    mutex: join(dataDirectory, 'lock'),
  };
}

export function insideHome(home: string): Pick<Layout, 'home' | 'cluster' | 'credentials' | 'port'> {
  return {
    home,
    cluster: join(home, 'cluster'),
    credentials: join(home, 'credentials.json'),
    port: join(home, 'port'),
  };
}
