import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A module's range is read from its index alone, as a partner's and an owner's are. Without that, PostgreSQL 18 may prefer
 * to skip through a covering index of all partners and filter by module, which costs what there is and not what it reads.
 */
export class ModuleRanges1700000060020 implements MigrationInterface {
  readonly name = 'ModuleRanges1700000060020';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX deployment_revenue_by_module;
      CREATE INDEX deployment_revenue_by_module
        ON deployment_revenue (module_id, generating, deployed_at, deployment_id)
        INCLUDE (partner_id, user_id, credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits,
                 gross_revenue, shared_gross);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX deployment_revenue_by_module;
      CREATE INDEX deployment_revenue_by_module
        ON deployment_revenue (module_id, generating, deployed_at, deployment_id);
    `);
  }
}
