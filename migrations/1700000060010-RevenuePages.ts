import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes that give the report's pages in their order, range by range (src/revenue/filter/row-sources.ts), and read them
 * and the rows that a boundary cuts from the index alone. Each charge writes them, so there are no more than three.
 */
export class RevenuePages1700000060010 implements MigrationInterface {
  readonly name = 'RevenuePages1700000060010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX deployment_revenue_by_partner, deployment_revenue_by_module, deployment_revenue_by_time;
      CREATE INDEX deployment_revenue_by_partner
        ON deployment_revenue (partner_id, generating, deployed_at, deployment_id)
        INCLUDE (user_id, module_id, ${FIGURES});
      CREATE INDEX deployment_revenue_by_owner
        ON deployment_revenue (has_partner, generating, deployed_at, deployment_id)
        INCLUDE (partner_id, user_id, module_id, ${FIGURES});
      CREATE INDEX deployment_revenue_by_module
        ON deployment_revenue (module_id, generating, deployed_at, deployment_id);
    `);
    // The report's order by names, of everybody's modules and of one partner's; and the names of a page's modules.
    await queryRunner.query(`
      CREATE INDEX modules_names ON modules (id) INCLUDE (name);
      CREATE INDEX modules_by_name ON modules (lower(name) COLLATE "C", id);
      CREATE INDEX modules_by_partner_and_name ON modules (partner_id, lower(name) COLLATE "C", id);
    `);
    // A page of finance's names 50 customers: two buffers each, however many there are.
    await queryRunner.query('CREATE INDEX users_by_id_hash ON users USING hash (id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX users_by_id_hash, modules_by_partner_and_name, modules_by_name, modules_names;
      DROP INDEX deployment_revenue_by_partner, deployment_revenue_by_owner, deployment_revenue_by_module;
      CREATE INDEX deployment_revenue_by_partner ON deployment_revenue (partner_id, deployed_at, deployment_id)
        INCLUDE (module_id, credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits, gross_revenue);
      CREATE INDEX deployment_revenue_by_module ON deployment_revenue (module_id, deployed_at, deployment_id);
      CREATE INDEX deployment_revenue_by_time ON deployment_revenue (deployed_at, deployment_id);
    `);
  }
}

const FIGURES =
  'credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross';
