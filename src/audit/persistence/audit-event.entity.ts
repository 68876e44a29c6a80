import { Check, Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { AuditDetails, AuditOutcome } from '../audit-event.js';

const KEY = 'audit_events_pkey';

/** One event of the audit; never changed or deleted. Mirrors migrations/sql/audit/audit_events.sql. */
@Entity('audit_events')
@Check('audit_events_outcome_known', `outcome IN ('done', 'known', 'refused')`)
@Check('audit_events_action_length', 'char_length(action) BETWEEN 1 AND 100')
@Check('audit_events_target_id_grammar', `target_id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'`)
@Check('audit_events_request_id_length', 'char_length(request_id) BETWEEN 1 AND 128')
@Check(
  'audit_events_details_small',
  `jsonb_typeof(details) = 'object' AND octet_length(details::text) <= 4096`,
)
@Index('audit_events_by_actor', ['actorId', 'occurredAt', 'sequence'])
@Index('audit_events_by_target', ['targetId', 'occurredAt', 'sequence'], { where: 'target_id IS NOT NULL' })
@Index('audit_events_by_action', ['action', 'occurredAt', 'sequence'], {
  where: `action <> 'deployments.create'`,
})
@Index('audit_events_refused', ['occurredAt', 'sequence'], { where: `outcome = 'refused'` })
export class AuditEventEntity {
  @PrimaryColumn('timestamptz', {
    name: 'occurred_at',
    default: () => 'clock_timestamp()',
    primaryKeyConstraintName: KEY,
  })
  occurredAt: string;

  /** Orders the events of one instant. */
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: KEY,
  })
  sequence: string;

  @Column({ type: 'text', name: 'actor_id', collation: 'C', nullable: true })
  actorId: string | null;

  @Column('text', { name: 'actor_roles', array: true })
  actorRoles: string[];

  @Column({ type: 'text', collation: 'C' })
  action: string;

  @Column({ type: 'text', name: 'target_type', collation: 'C', nullable: true })
  targetType: string | null;

  @Column({ type: 'text', name: 'target_id', collation: 'C', nullable: true })
  targetId: string | null;

  @Column({ type: 'text', name: 'request_id', collation: 'C' })
  requestId: string;

  @Column({ type: 'text', collation: 'C' })
  outcome: AuditOutcome;

  @Column('jsonb')
  details: AuditDetails;
}
