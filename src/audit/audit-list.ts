import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { parseInstant } from '../domain/index.js';
import { instantFromPostgres } from '../platform/database/index.js';
import { decodeCursor, pageOf, type Page } from '../platform/paging/index.js';
import { assertDateRange, isDay } from '../platform/validation/index.js';
import type { AuditEventResponseDto, AuditListRequestDto } from './audit-list.dto.js';
import { AuditEventEntity } from './persistence/audit-event.entity.js';

type Filter = Omit<AuditListRequestDto, 'limit' | 'cursor'>;

/** Reads the audit. */
@Injectable()
export class AuditList {
  constructor(@InjectRepository(AuditEventEntity) private readonly events: Repository<AuditEventEntity>) {}

  /**
   * Lists events, latest first.
   *
   * @throws Problem 400 if the dates do not fit together, or if the cursor belongs to another list
   */
  async list({ limit, cursor, ...filter }: AuditListRequestDto): Promise<Page<AuditEventResponseDto>> {
    assertDateRange(filter.startDate, filter.endDate);
    const { actor, action, targetType, target, outcome, startDate, endDate } = filter;
    const list = ['audit', actor, action, targetType, target, outcome, startDate, endDate];
    const query = matching(this.events.createQueryBuilder('event'), filter);
    if (cursor !== undefined) {
      const [when, sequence] = decodeCursor(cursor, list, isPosition);
      query.andWhere('(event.occurredAt, event.sequence) < (:when, :sequence)', { when, sequence });
    }
    const rows = await query
      .orderBy('event.occurredAt', 'DESC')
      .addOrderBy('event.sequence', 'DESC')
      .limit(limit + 1)
      .getMany();
    const { data, page } = pageOf(rows, limit, list, (event) => [
      instantFromPostgres(event.occurredAt),
      event.sequence,
    ]);
    return { data: data.map(viewOf), page };
  }
}

function matching(
  query: SelectQueryBuilder<AuditEventEntity>,
  { actor, action, targetType, target, outcome, startDate, endDate }: Filter,
): SelectQueryBuilder<AuditEventEntity> {
  if (actor !== undefined) query.andWhere('event.actorId = :actor', { actor });
  if (action !== undefined) query.andWhere('event.action = :action', { action });
  if (targetType !== undefined) query.andWhere('event.targetType = :targetType', { targetType });
  if (target !== undefined) query.andWhere('event.targetId = :target', { target });
  if (outcome !== undefined) query.andWhere('event.outcome = :outcome', { outcome });
  // The session's time zone is UTC, so a day begins at midnight UTC.
  if (startDate !== undefined) {
    query.andWhere('event.occurredAt >= :startDate::timestamptz', { startDate });
  }
  if (endDate !== undefined) {
    const length = isDay(endDate) ? '1 day' : '0 days';
    query.andWhere('event.occurredAt < :endDate::timestamptz + :length::interval', { endDate, length });
  }
  return query;
}

function isPosition(position: readonly string[]): boolean {
  const [when = '', sequence = ''] = position;
  return position.length === 2 && parseInstant(when) !== null && /^[1-9]\d{0,17}$/.test(sequence);
}

function viewOf(event: AuditEventEntity): AuditEventResponseDto {
  const { actorId, actorRoles, action, targetType, targetId, requestId, outcome, details } = event;
  return {
    when: instantFromPostgres(event.occurredAt),
    actor: actorId,
    actorRoles,
    action,
    targetType,
    target: targetId,
    requestId,
    outcome,
    details,
  };
}
