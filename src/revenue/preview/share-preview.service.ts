import { Injectable } from '@nestjs/common';
import { formatRevenueShare } from '../../domain/index.js';
import { instantFromPostgres, ReportSnapshots, type Snapshot } from '../../platform/database/index.js';
import { revenueShareIn, VariablesService } from '../../variables/index.js';
import { answeredFilter } from '../filter/answered-filter.js';
import { FilterResolver } from '../filter/filter-resolver.js';
import { sumGroups } from '../summary/grouped-sums.js';
import { readSubjects } from '../summary/subjects.js';
import { previewRows, type PreviewRequest, type SharePreview } from './share-preview.js';

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
    const then = revenueShareIn(request.value);
    if (then === null) throw new RangeError(`"${request.value}" is not a share.`);
    const { partnerRevenueShare: now, currency, timeZone } = await this.variables.current(manager);
    const filter = await this.filters.resolve(request, { kind: 'everybody' }, () => timeZone, manager);
    const groups = await sumGroups(client, filter, { unit: null, subject: 'partner' }, []);
    const subjects = await readSubjects(client, 'partner', groups);
    return {
      ...previewRows(subjects, groups, { now, then }),
      value: formatRevenueShare(then),
      partnerRevenueShare: formatRevenueShare(now),
      currency,
      filter: answeredFilter(filter, timeZone),
      snapshotAt: instantFromPostgres(takenAt),
    };
  }
}
