import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { UserEntity } from '../../users/index.js';

/** A module of the catalogue. Mirrors migrations/sql/modules/modules.sql. */
@Entity('modules')
@Unique('modules_id_partner_id_key', ['id', 'partnerId'])
@Check('modules_id_is_platform_id', `id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'`)
@Check('modules_name_length', 'char_length(name) BETWEEN 1 AND 200')
@Check('modules_credit_cost_range', 'credit_cost BETWEEN 0 AND 999999999999.999999')
@Index('modules_partner_id_id_idx', ['partnerId', 'id'])
// For the names in a report and its order by name: with columns beside the key, or over an expression, which TypeORM
// cannot express.
@Index('modules_names', { synchronize: false })
@Index('modules_by_name', { synchronize: false })
@Index('modules_by_partner_and_name', { synchronize: false })
export class ModuleEntity {
  /** The platform's own id of the module. */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'modules_pkey' })
  id: string;

  /** The current name; reports show it for past deployments too. */
  @Column('text')
  name: string;

  /** What a search compares with: the name without case and accents. A trigger writes it. */
  @Column({ type: 'text', name: 'search_name', select: false, insert: false, update: false })
  readonly searchName: string;

  /** Whose module it is; null: the platform's own. Frozen by the database once it has deployments. */
  @ForeignKey(() => UserEntity, { name: 'modules_partner_id_fkey' })
  @Column({ type: 'text', name: 'partner_id', collation: 'C', nullable: true })
  partnerId: string | null;

  /** Credits that a deployment costs from now on, as PostgreSQL prints a numeric(18,6). */
  @Column('numeric', { name: 'credit_cost', precision: 18, scale: 6 })
  creditCost: string;

  /** Whether only purchased credits pay for it. */
  @Column('boolean', { name: 'requires_purchased_credits', default: false })
  requiresPurchasedCredits: boolean;

  /** No new deployments; past ones are still reported. */
  @Column('boolean', { default: false })
  archived: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  readonly createdAt: string;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  readonly updatedAt: string;
}
