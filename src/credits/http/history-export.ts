import { Injectable } from '@nestjs/common';
import type { CsvForm, OpenCsv } from '../../platform/csv/index.js';
import { LocalClock } from '../../variables/index.js';
import type { CreditsSubject } from '../queries/credits-subject.js';
import { CreditQueries, type History, type HistoryRequest } from '../queries/credit-queries.service.js';
import type { HistoryLineDto } from './dto/credit-history.dto.js';
import { historyCsv, instantsOf } from './history-csv.js';
import { historyLine } from './history-line.js';

/** Opens a user's whole history as a file. */
@Injectable()
export class HistoryExport {
  constructor(
    private readonly queries: CreditQueries,
    private readonly clock: LocalClock,
  ) {}

  /**
   * @param signal aborting it frees the database connection at once
   * @throws Problem as `CreditQueries.history`
   */
  async open(
    subject: CreditsSubject,
    request: HistoryRequest & { readonly csv?: CsvForm },
    signal?: AbortSignal,
  ): Promise<OpenCsv> {
    const history = await this.queries.history(subject, request, signal);
    const localTimes = await this.clock.read(request, instantsOf(linesOf(history)));
    return historyCsv({ ...subject, ...history.range, form: request.csv, localTimes }, linesOf(history));
  }
}

function* linesOf({ items, reasonOf }: History): Generator<HistoryLineDto> {
  for (const item of items) yield historyLine(item, reasonOf);
}
