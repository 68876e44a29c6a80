import { Injectable } from '@nestjs/common';
import { instantFromPostgres, ReportSnapshots, type Snapshot } from '../platform/database/index.js';
import { VariablesService } from '../variables/index.js';
import { PUBLIC_MAIL_SERVICES } from './public-mail-services.js';
import { SIGNAL_KINDS, type SignalKind } from './signal-kinds.js';
import { SIGNAL_QUERIES } from './signal-queries.js';
import { sentenceOf } from './signal-sentences.js';
import type { SignalDto, SignalsDto } from './signals.dto.js';

/** Signals of a kind in one answer. */
const SHOWN_MAX = 100;

type SignalRow = Omit<SignalDto, 'kind' | 'sentence'> & { readonly count: string };

/** Finds the signals of a month, with one statement for each kind. */
@Injectable()
export class SignalsService {
  constructor(
    private readonly snapshots: ReportSnapshots,
    private readonly variables: VariablesService,
  ) {}

  /** @param month `2026-05` in the variable `timeZone`; null for the last whole month */
  read(month: string | null): Promise<SignalsDto> {
    return this.snapshots.read(async (snapshot) => {
      const { timeZone, currency } = await this.variables.current(snapshot.manager);
      const bounds = await boundsOf(month, timeZone, snapshot);
      const data: SignalDto[] = [];
      const counts: Partial<Record<SignalKind, number>> = {};
      for (const kind of SIGNAL_KINDS) {
        const rows = await rowsOf(kind, bounds, snapshot);
        counts[kind] = Number(rows[0]?.count ?? 0);
        data.push(...rows.map((row) => signalOf(kind, row, currency)));
      }
      return {
        month: bounds.month,
        timeZone,
        currency,
        data,
        counts: counts as Record<SignalKind, number>,
        snapshotAt: instantFromPostgres(snapshot.takenAt),
      };
    });
  }
}

function signalOf(kind: SignalKind, row: SignalRow, currency: string): SignalDto {
  const { userId, partnerId, moduleId, figures, deploymentIds } = row;
  return {
    kind,
    sentence: sentenceOf(kind, row, currency),
    userId,
    partnerId,
    moduleId,
    figures,
    deploymentIds,
  };
}

interface Bounds {
  readonly month: string;
  readonly from: string;
  readonly to: string;
}

async function boundsOf(month: string | null, timeZone: string, { manager }: Snapshot): Promise<Bounds> {
  const [bounds] = await manager.query<Bounds[]>(
    `SELECT to_char(first, 'YYYY-MM') AS month, local_day_start(first, $2)::text AS "from",
            local_day_start((first + interval '1 month')::date, $2)::text AS "to"
     FROM (
       SELECT COALESCE(($1 || '-01')::date,
         (date_trunc('month', now() AT TIME ZONE $2) - interval '1 month')::date) AS first
     ) AS asked`,
    [month, timeZone],
  );
  if (bounds === undefined) throw new Error('PostgreSQL returned no month.');
  return bounds;
}

function rowsOf(kind: SignalKind, { from, to }: Bounds, { manager }: Snapshot): Promise<SignalRow[]> {
  return manager.query<SignalRow[]>(
    `${SIGNAL_QUERIES[kind]} LIMIT ${SHOWN_MAX}`,
    kind === 'related' ? [from, to, PUBLIC_MAIL_SERVICES] : [from, to],
  );
}
