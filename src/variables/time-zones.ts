import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** Files of a zone folder that are no zones of the IANA database, or say so by another name. */
const NO_ZONES = ['posixrules', 'localtime', 'Factory', 'leapseconds', 'tzdata.zi'];

/** The time zones that exist: PostgreSQL alone decides, as it computes with them (docs/contract.md, "Revenue"). */
@Injectable()
export class TimeZones {
  private names: Promise<ReadonlySet<string>> | undefined;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Whether there is a zone of this IANA name, letter for letter: PostgreSQL would take `europe/berlin` too. */
  async has(name: string): Promise<boolean> {
    this.names ??= this.read();
    try {
      return (await this.names).has(name);
    } catch (error) {
      this.names = undefined; // the database was out of reach: ask again next time
      throw error;
    }
  }

  /** Reads hundreds of files on the database's side, so once per process. */
  private async read(): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ name: string }[]>(
      `SELECT name FROM pg_timezone_names WHERE name !~ '^(posix|right)/' AND name <> ALL ($1)`,
      [NO_ZONES],
    );
    return new Set(rows.map(({ name }) => name));
  }
}
