import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredStep } from '../../domain/index.js';
import type { VariableKey } from '../variable-key.js';

/** A setting of the platform. Mirrors migrations/sql/variables/variables.sql and share_timeline.sql. */
@Entity('variables')
@Check(
  'variables_key_is_known',
  `key IN ('partnerRevenueShare', 'creditsPerUnit', 'currency', 'timeZone', 'minimumPayout')`,
)
@Check(
  'variables_value_fits_key',
  `CASE key
    WHEN 'partnerRevenueShare' THEN value ~ '^[0-9]{1,3}([.][0-9]{1,4})?$' AND value::numeric BETWEEN 0 AND 100
    WHEN 'creditsPerUnit' THEN value ~ '^[0-9]{1,7}([.][0-9]{1,2})?$' AND value::numeric BETWEEN 0.01 AND 1000000
    WHEN 'currency' THEN value ~ '^[A-Z]{3}$'
    WHEN 'minimumPayout' THEN value ~ '^[0-9]{1,12}([.][0-9]{1,6})?$'
    ELSE char_length(value) BETWEEN 1 AND 100 END`,
)
@Check(
  'variables_timeline_is_of_share',
  `timeline IS NULL OR (key = 'partnerRevenueShare' AND jsonb_typeof(timeline) = 'array')`,
)
@Check('variables_version_is_positive', 'version >= 1')
@Check('variables_update_has_author', '(updated_at IS NULL) = (updated_by IS NULL)')
export class VariableEntity {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'variables_pkey' })
  key: VariableKey;

  /**
   * The value in force, in its canonical form; the default until a value is set. With a timeline: the value that was in
   * force when it was set.
   */
  @Column('text')
  value: string;

  /** The steps of the share; null for one share of all time, and for the other variables. */
  @Column({ type: 'jsonb', nullable: true })
  timeline: readonly StoredStep[] | null;

  /** Number of changes, starting at 1; the ETag contains it. */
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { name: 'updated_at', nullable: true })
  readonly updatedAt: string | null;

  /** The `sub` of the caller who set the value; null for the default. */
  @Column({ type: 'text', name: 'updated_by', collation: 'C', nullable: true })
  updatedBy: string | null;
}
