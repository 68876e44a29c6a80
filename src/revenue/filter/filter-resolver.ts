import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { comparePlatformIds, formatInstant, parseInstant } from '../../domain/index.js';
import { Problem } from '../../platform/problem/index.js';
import { assertDateRange, isDay, VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { TimeZones } from '../../variables/index.js';
import { REVENUE_PROBLEMS } from '../revenue.problems.js';
import type { Viewer } from '../viewer.js';
import type { Boundary, RevenueFilter, RevenueFilterRequest } from './revenue-filter.js';

/** Turns the filter that somebody asks for into the one that is computed with. */
@Injectable()
export class FilterResolver {
  constructor(private readonly timeZones: TimeZones) {}

  /**
   * Checks all that needs no snapshot: call it before one is opened, as it may need a connection of its own.
   *
   * @param request well-formed, field by field
   * @throws Problem 400
   */
  async check(request: RevenueFilterRequest): Promise<void> {
    assertDateRange(request.startDate, request.endDate);
    if (request.timeZone !== undefined && !(await this.timeZones.has(request.timeZone))) {
      const message = 'must be the name of an IANA time zone, letter for letter, like "Europe/Berlin"';
      throw new Problem(VALIDATION_PROBLEMS.INVALID, `query.timeZone ${message}.`, {
        errors: [{ field: 'query.timeZone', message }],
      });
    }
  }

  /**
   * @param request one that `check` has passed
   * @param timeZone what stands in for an absent one: the variable's value
   * @throws Problem 404 where an id is unknown, or foreign to a partner; 403 where a partner asks for other owners
   */
  async resolve(
    request: RevenueFilterRequest,
    viewer: Viewer,
    timeZone: string,
    manager: EntityManager,
  ): Promise<RevenueFilter> {
    const { startDate = null, endDate = null } = request;
    const zone = request.timeZone ?? timeZone;
    const moduleIds = idSet(request.moduleId);
    const partnerIds = permittedPartners(request, viewer);
    const facts = await this.lookUp({ startDate, endDate, zone, moduleIds, partnerIds, viewer }, manager);
    assertAllKnown(facts);
    return {
      startDate,
      endDate,
      from: boundaryOf(startDate, facts.from, facts.fromMicros),
      to: boundaryOf(endDate, facts.to, facts.toMicros),
      timeZone: zone,
      moduleIds,
      partnerIds,
      owner: request.owner ?? null,
      includeFree: request.includeFree ?? false,
    };
  }

  /** One statement for all that only the database knows of a filter, and none where there is nothing to ask. */
  private async lookUp(asked: Asked, manager: EntityManager): Promise<Facts> {
    const { startDate, endDate, zone, moduleIds, partnerIds, viewer } = asked;
    const firstDay = startDate !== null && isDay(startDate) ? startDate : null;
    const lastDay = endDate !== null && isDay(endDate) ? endDate : null;
    // A partner's own id need not be stored here, and is no secret to it.
    const namedPartners = viewer.kind === 'partner' ? [] : partnerIds;
    if (firstDay === null && lastDay === null && moduleIds.length + namedPartners.length === 0) {
      return {
        from: null,
        to: null,
        fromMicros: null,
        toMicros: null,
        unknownModules: [],
        unknownPartners: [],
      };
    }
    const onlyPartner = viewer.kind === 'partner' ? viewer.partnerId : null;
    const rows = await manager.query<Facts[]>(LOOK_UP, [
      firstDay,
      lastDay,
      zone,
      moduleIds,
      onlyPartner,
      namedPartners,
    ]);
    return rows[0] as Facts;
  }
}

interface Asked {
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly zone: string;
  readonly moduleIds: readonly string[];
  readonly partnerIds: readonly string[];
  readonly viewer: Viewer;
}

/** What the database says of a filter. */
interface Facts {
  readonly from: string | null;
  readonly to: string | null;
  readonly fromMicros: string | null;
  readonly toMicros: string | null;
  readonly unknownModules: readonly string[];
  readonly unknownPartners: readonly string[];
}

/** A partner is a user with that role, or whoever a module already belongs to. */
const LOOK_UP = `
  SELECT bounds.*,
         (extract(epoch FROM bounds."from") * 1000000)::bigint AS "fromMicros",
         (extract(epoch FROM bounds."to") * 1000000)::bigint AS "toMicros",
         ARRAY(SELECT asked.id FROM unnest($4::text[]) AS asked (id)
                WHERE NOT EXISTS (SELECT FROM modules AS module
                                   WHERE module.id = asked.id AND ($5::text IS NULL OR module.partner_id = $5)))
           AS "unknownModules",
         ARRAY(SELECT asked.id FROM unnest($6::text[]) AS asked (id)
                WHERE NOT EXISTS (SELECT FROM users WHERE users.id = asked.id AND 'partner' = ANY (users.roles))
                  AND NOT EXISTS (SELECT FROM modules AS module WHERE module.partner_id = asked.id))
           AS "unknownPartners"
    FROM (SELECT local_day_start($1::date, $3) AS "from", local_day_start($2::date + 1, $3) AS "to") AS bounds`;

/** Everything is filtered by these, so a partner's own id is always among them: there is no second place to forget it. */
function permittedPartners({ partnerId, owner }: RevenueFilterRequest, viewer: Viewer): string[] {
  const named = idSet(partnerId);
  if (viewer.kind === 'everybody') return named;
  const foreign = named.find((id) => id !== viewer.partnerId);
  if (foreign !== undefined) throw partnerNotFound(foreign);
  if (owner === 'platform') {
    throw new Problem(
      REVENUE_PROBLEMS.OWNER_NOT_YOURS,
      'owner=platform is for finance and admin; a partner sees its own modules, so leave owner out.',
    );
  }
  return [viewer.partnerId];
}

function assertAllKnown({ unknownModules, unknownPartners }: Facts): void {
  const [moduleId] = unknownModules;
  if (moduleId !== undefined) {
    throw new Problem(REVENUE_PROBLEMS.MODULE_NOT_FOUND, `There is no module ${moduleId} to filter by.`);
  }
  const [partnerId] = unknownPartners;
  if (partnerId !== undefined) throw partnerNotFound(partnerId);
}

function partnerNotFound(id: string): Problem {
  return new Problem(REVENUE_PROBLEMS.PARTNER_NOT_FOUND, `There is no partner ${id} to filter by.`);
}

function boundaryOf(
  date: string | null,
  dayStart: string | null,
  dayStartMicros: string | null,
): Boundary | null {
  if (date === null) return null;
  if (dayStart !== null && dayStartMicros !== null) {
    return { at: formatInstant(BigInt(dayStartMicros)), sql: dayStart };
  }
  const instant = parseInstant(date);
  if (instant === null) throw new RangeError(`"${date}" is no instant`);
  const at = formatInstant(instant);
  return { at, sql: at };
}

function idSet(ids: readonly string[] = []): string[] {
  return [...new Set(ids)].sort(comparePlatformIds);
}
