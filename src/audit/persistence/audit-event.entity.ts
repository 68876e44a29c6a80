import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AuditDetails, AuditOutcome } from '../audit-event.js';

/** One event of the audit, as recorded; never changed or deleted. Mirrors migrations/1700000030000-AuditEvents. */
@Entity({ name: 'audit_events', synchronize: false })
export class AuditEventEntity {
  @PrimaryColumn('timestamptz', { name: 'occurred_at' })
  occurredAt: string;

  /** Orders the events of one instant. */
  @PrimaryColumn('bigint')
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
