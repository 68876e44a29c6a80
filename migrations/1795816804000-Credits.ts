import { SqlMigration } from './sql-migration.js';

/** The ledger, its projections, batches of awards, and triggers that protect the ledger's data in other tables. */
export class Credits1795816804000 extends SqlMigration {
  readonly name = 'Credits1795816804000';
  protected readonly files = [
    'credits/credit_accounts.sql',
    'credits/open_credit_accounts.sql',
    'credits/credit_entries.sql',
    'credits/refuse_ledger_change.sql',
    'credits/credit_lots.sql',
    'credits/credit_allocations.sql',
    'credits/credit_debts.sql',
    'credits/deployment_revenue.sql',
    'credits/refuse_partner_change.sql',
    'credits/refuse_currency_change.sql',
    'credits/read_accounts_for_update.sql',
    'credits/award_batches.sql',
    'credits/award_batch_items.sql',
  ];
}
