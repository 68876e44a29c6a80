import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { localInstantTextSql } from '../platform/database/index.js';
import type { TimeRangeRequest } from './time-ranges.js';

/** The zone that needs no second column: instants are written in it. */
const UTC = 'UTC';

/** Instants as a zone's clock shows them, `2026-05-01T11:30:00+02:00`. */
export interface LocalTimes {
  /** IANA name. */
  readonly zone: string;
  /** @param instant one of those that were asked for, as docs/contract.md writes it; null: none */
  of(instant: string | null): string | null;
}

/** The zone whose clock a file shows beside UTC: the one that the request names. Null: UTC alone. */
export function localZoneOf({ timeZone }: TimeRangeRequest): string | null {
  return timeZone === undefined || timeZone === UTC ? null : timeZone;
}

/** Turns instants into local times; PostgreSQL alone knows the zones. */
@Injectable()
export class LocalClock {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * One statement for all instants.
   *
   * @param request one that TimeRanges.check has passed
   * @param instants as docs/contract.md writes them, each as often as it comes
   * @returns null where the request names no zone beside UTC
   */
  async read(
    request: TimeRangeRequest,
    instants: Iterable<string | null | undefined>,
  ): Promise<LocalTimes | null> {
    const zone = localZoneOf(request);
    if (zone === null) return null;
    const distinct = [...new Set(instants)].filter((instant) => typeof instant === 'string');
    const rows = await this.dataSource.query<{ utc: string; local: string }[]>(
      `SELECT utc, ${localInstantTextSql('utc::timestamptz', 'utc', '$2::text')} AS local
         FROM unnest($1::text[]) AS asked (utc)`,
      [distinct, zone],
    );
    const times = new Map(rows.map(({ utc, local }) => [utc, local]));
    return { zone, of: (instant) => (instant === null ? null : (times.get(instant) ?? null)) };
  }
}
