import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** Files in the folder of time zones that are not IANA time zones, or copies of one. */
const NO_ZONES = ['posixrules', 'localtime', 'Factory', 'leapseconds', 'tzdata.zi'];

/** The time zones of PostgreSQL, which computes with them (docs/contract.md, "Revenue"). */
@Injectable()
export class TimeZones {
  private names: Promise<ReadonlySet<string>> | undefined;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Whether there is a zone with exactly this IANA name. PostgreSQL itself would also accept `europe/berlin`. */
  async has(name: string): Promise<boolean> {
    this.names ??= this.read();
    try {
      return (await this.names).has(name);
    } catch (error) {
      this.names = undefined; // the database could not be reached; the next call reads again
      throw error;
    }
  }

  /** Read once per process, because PostgreSQL reads hundreds of files for it. */
  private async read(): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ name: string }[]>(
      `SELECT name FROM pg_timezone_names WHERE name !~ '^(posix|right)/' AND name <> ALL ($1)`,
      [NO_ZONES],
    );
    return new Set(rows.map(({ name }) => name));
  }
}
