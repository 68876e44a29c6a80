import { SqlMigration } from './sql-migration.js';

/** The rows of a customer are one range of an index. */
export class CustomerRevenue1795832619139 extends SqlMigration {
  readonly name = 'CustomerRevenue1795832619139';
  protected readonly files = ['credits/customer_revenue.sql'];
}
