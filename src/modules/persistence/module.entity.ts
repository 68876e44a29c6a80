import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { UserEntity } from '../../users/index.js';

/** A module of the catalogue. Mirrors migrations/sql/modules/modules.sql. */
@Entity('modules')
@Unique('modules_id_partner_id_key', ['id', 'partnerId'])
@Check('modules_id_is_platform_id', `id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'`)
@Check('modules_name_length', 'char_length(name) BETWEEN 1 AND 200')
@Check('modules_credit_cost_range', 'credit_cost BETWEEN 0 AND 999999999999.999999')
@Index('modules_partner_id_id_idx', ['partnerId', 'id'])
// For the names in a report and its order by name. TypeORM cannot express included columns and expressions.
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

  /** The name without case and accents, for searches. A trigger writes it. */
  @Column({ type: 'text', name: 'search_name', select: false, insert: false, update: false })
  readonly searchName: string;

  /** The module's partner; null for the platform. The database refuses changes once the module has deployments. */
  @ForeignKey(() => UserEntity, { name: 'modules_partner_id_fkey' })
  @Column({ type: 'text', name: 'partner_id', collation: 'C', nullable: true })
  partnerId: string | null;

  /** Current cost of a deployment in credits, as PostgreSQL prints a numeric(18,6). */
  @Column('numeric', { name: 'credit_cost', precision: 18, scale: 6 })
  creditCost: string;

  /** Whether only purchased credits can pay for deployments. */
  @Column('boolean', { name: 'requires_purchased_credits', default: false })
  requiresPurchasedCredits: boolean;

  /** Whether new deployments are refused; past ones are still reported. */
  @Column('boolean', { default: false })
  archived: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  readonly createdAt: string;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  readonly updatedAt: string;
}
