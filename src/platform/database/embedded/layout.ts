import { join } from 'node:path';

/** Paths inside the data folder. */
export interface Layout {
  readonly dataDirectory: string;
  /** Folder of the complete cluster. A rename makes it appear at once. */
  readonly home: string;
  /** PostgreSQL's own data directory (PGDATA). */
  readonly cluster: string;
  readonly credentials: string;
  /** File with the port of the last start, which is used again so that addresses stay valid after a restart. */
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
