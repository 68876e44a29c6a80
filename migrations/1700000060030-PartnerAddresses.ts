import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A page of finance's names about as many partners as customers, and there are few partners: their addresses stand in a few
 * blocks of an index of their own, where each would take two by the hash index of everybody.
 */
export class PartnerAddresses1700000060030 implements MigrationInterface {
  readonly name = 'PartnerAddresses1700000060030';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX users_partner_addresses ON users (id) INCLUDE (email) WHERE 'partner' = ANY (roles)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX users_partner_addresses');
  }
}
