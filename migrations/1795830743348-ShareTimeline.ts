import { SqlMigration } from './sql-migration.js';

/** The timeline of `partnerRevenueShare`, and the days of its changes. */
export class ShareTimeline1795830743348 extends SqlMigration {
  readonly name = 'ShareTimeline1795830743348';
  protected readonly files = ['variables/share_timeline.sql'];
}
