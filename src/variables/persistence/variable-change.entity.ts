import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { StoredStep } from '../../domain/index.js';
import type { VariableKey } from '../variable-key.js';
import { VariableEntity } from './variable.entity.js';

/**
 * One change of a variable. Rows are never changed or deleted. Mirrors migrations/sql/variables/variable_changes.sql and
 * share_timeline.sql.
 */
@Entity('variable_changes')
@Index('variable_changes_key_sequence_idx', ['key', 'sequence'])
export class VariableChangeEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'variable_changes_pkey',
  })
  sequence: string;

  @ForeignKey(() => VariableEntity, { name: 'variable_changes_key_fkey' })
  @Column({ type: 'text', collation: 'C' })
  key: VariableKey;

  @Column('timestamptz', { name: 'changed_at' })
  readonly changedAt: string;

  /** The `sub` of the caller who changed it. */
  @Column({ type: 'text', name: 'changed_by', collation: 'C' })
  changedBy: string;

  /**
   * The value that was in force before; for the first change, the default. With a day: the value that held from that day
   * on.
   */
  @Column('text', { name: 'from_value' })
  fromValue: string;

  @Column('text', { name: 'to_value' })
  toValue: string;

  /** The day from which a change of the share holds, as the caller named it; null: it was set without a day. */
  @Column({ type: 'text', name: 'effective_day', collation: 'C', nullable: true })
  effectiveDay: string | null;

  /** The instant from which it holds. */
  @Column('timestamptz', { name: 'effective_at', nullable: true })
  readonly effectiveAt: string | null;

  /** The steps after a change of the share; null for one share of all time, and for the other variables. */
  @Column({ type: 'jsonb', nullable: true })
  timeline: readonly StoredStep[] | null;
}
