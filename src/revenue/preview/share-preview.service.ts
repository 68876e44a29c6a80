import { Injectable } from '@nestjs/common';
import { formatRevenueShare, statedSteps, stepsWithin } from '../../domain/index.js';
import { instantFromPostgres, ReportSnapshots, type Snapshot } from '../../platform/database/index.js';
import { changedShare, revenueShareIn, shareInForce, VariablesService } from '../../variables/index.js';
import { answeredFilter } from '../filter/answered-filter.js';
import { FilterResolver } from '../filter/filter-resolver.js';
import { rangeOf } from '../filter/revenue-filter.js';
import { sumPieces } from '../summary/grouped-sums.js';
import { readSubjects } from '../summary/subjects.js';
import { piecesOf, previewRows, type PreviewRequest, type SharePreview } from './share-preview.js';

/** Computes partners' revenue under another share; changes nothing. */
@Injectable()
export class SharePreviewService {
  constructor(
    private readonly snapshots: ReportSnapshots,
    private readonly filters: FilterResolver,
    private readonly variables: VariablesService,
  ) {}

  /**
   * @param request its `value` must be valid for the variable
   * @throws Problem as for the report
   */
  async preview(request: PreviewRequest): Promise<SharePreview> {
    await this.filters.check(request);
    return this.snapshots.read((snapshot) => this.previewFrom(snapshot, request));
  }

  private async previewFrom(
    { client, manager, takenAt }: Snapshot,
    request: PreviewRequest,
  ): Promise<SharePreview> {
    const share = revenueShareIn(request.value);
    if (share === null) throw new RangeError(`"${request.value}" is not a share.`);
    const { shares: now, currency, timeZone } = await this.variables.current(manager);
    const filter = await this.filters.resolve(request, { kind: 'everybody' }, () => timeZone, manager);
    const { effectiveFrom } = request;
    const { after: then } = await changedShare(now, { share, effectiveFrom }, manager);
    const range = rangeOf(filter);
    const pieces = piecesOf(now, then, range);
    const groups = await sumPieces(client, filter, now, pieces);
    const subjects = await readSubjects(client, 'partner', groups);
    const snapshotAt = instantFromPostgres(takenAt);
    return {
      ...previewRows(subjects, groups, pieces),
      value: formatRevenueShare(share),
      effectiveFrom: effectiveFrom ?? null,
      partnerRevenueShare: shareInForce(now, snapshotAt),
      shares: statedSteps(stepsWithin(now, range)),
      sharesThen: statedSteps(stepsWithin(then, range)),
      currency,
      filter: answeredFilter(filter, timeZone),
      snapshotAt,
    };
  }
}
