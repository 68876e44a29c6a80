import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { comparePlatformIds } from '../../domain/index.js';
import { Problem, type ForeignThing } from '../../platform/problem/index.js';
import { TimeRanges, VariablesService, type ZoneDefault } from '../../variables/index.js';
import { REVENUE_PROBLEMS } from '../revenue.problems.js';
import type { Viewer } from '../viewer.js';
import type { RevenueFilter, RevenueFilterRequest } from './revenue-filter.js';

/** Checks the filter of a request and resolves it to the filter that queries use. */
@Injectable()
export class FilterResolver {
  constructor(
    private readonly timeRanges: TimeRanges,
    private readonly variables: VariablesService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /**
   * Runs `check` and `resolve` before a snapshot is open. This is safe, because the meaning of ids and days never
   * changes.
   *
   * @throws Problem as both do
   */
  async resolveAhead(request: RevenueFilterRequest, viewer: Viewer): Promise<RevenueFilter> {
    await this.check(request);
    const zoneDefault = async (): Promise<string> => (await this.variables.current()).timeZone;
    return this.resolve(request, viewer, zoneDefault, this.dataSource.manager);
  }

  /** Checks the range as TimeRanges.check does; call it before a snapshot is opened. @throws Problem 400 */
  check(request: RevenueFilterRequest): Promise<void> {
    return this.timeRanges.check(request);
  }

  /**
   * @param request a request that has passed `check`
   * @param zoneDefault returns the zone for a request without one; called only if a zone is needed
   * @throws Problem 404 if an id is unknown, or a partner names an id of another partner; 403 if a partner asks for
   *   other owners
   */
  async resolve(
    request: RevenueFilterRequest,
    viewer: Viewer,
    zoneDefault: ZoneDefault,
    manager: EntityManager,
  ): Promise<RevenueFilter> {
    const moduleIds = idSet(request.moduleId);
    const exceptModuleIds = idSet(request.exceptModuleId);
    const partnerIds = permittedPartners(request, viewer);
    const userIds = permittedUsers(request, viewer);
    const named = { moduleIds: [...moduleIds, ...exceptModuleIds], partnerIds, userIds };
    await assertAllKnown(named, viewer, manager);
    return {
      ...(await this.timeRanges.resolve(request, zoneDefault, manager)),
      moduleIds,
      exceptModuleIds,
      partnerIds,
      userIds,
      owner: request.owner ?? null,
      includeFree: request.includeFree ?? false,
    };
  }
}

/** Checks all ids in one query; without ids there is no query. */
async function assertAllKnown(
  { moduleIds, partnerIds, userIds }: Pick<RevenueFilter, 'moduleIds' | 'partnerIds' | 'userIds'>,
  viewer: Viewer,
  manager: EntityManager,
): Promise<void> {
  const onlyPartner = viewer.kind === 'partner' ? viewer.partnerId : null;
  // A partner's own id may be missing from `users`, and is no secret for that partner.
  const namedPartners = viewer.kind === 'partner' ? [] : partnerIds;
  if (moduleIds.length + namedPartners.length + userIds.length === 0) return;
  const [unknown] = await manager.query<Unknown[]>(UNKNOWN_IDS, [
    moduleIds,
    onlyPartner,
    namedPartners,
    userIds,
  ]);
  const moduleId = unknown?.modules[0];
  if (moduleId !== undefined) {
    throw new Problem(
      REVENUE_PROBLEMS.MODULE_NOT_FOUND,
      `There is no module ${moduleId} that you can filter by; check moduleId and exceptModuleId.`,
      {
        attemptOn: viewer.kind === 'partner' ? { type: 'module', id: moduleId } : undefined,
      },
    );
  }
  const partnerId = unknown?.partners[0];
  if (partnerId !== undefined) throw partnerNotFound(partnerId);
  const userId = unknown?.users[0];
  if (userId !== undefined) {
    throw new Problem(REVENUE_PROBLEMS.USER_NOT_FOUND, `There is no user ${userId}; check userId.`);
  }
}

/** Ids of a filter that do not exist for this viewer. */
interface Unknown {
  readonly modules: readonly string[];
  readonly partners: readonly string[];
  readonly users: readonly string[];
}

/** A partner is a user with that role, or the owner of at least one module. */
const UNKNOWN_IDS = `
  SELECT ARRAY(SELECT asked.id FROM unnest($1::text[]) AS asked (id)
                WHERE NOT EXISTS (SELECT FROM modules AS module
                                   WHERE module.id = asked.id AND ($2::text IS NULL OR module.partner_id = $2)))
           AS modules,
         ARRAY(SELECT asked.id FROM unnest($3::text[]) AS asked (id)
                WHERE NOT EXISTS (SELECT FROM users WHERE users.id = asked.id AND 'partner' = ANY (users.roles))
                  AND NOT EXISTS (SELECT FROM modules AS module WHERE module.partner_id = asked.id))
           AS partners,
         ARRAY(SELECT asked.id FROM unnest($4::text[]) AS asked (id)
                WHERE NOT EXISTS (SELECT FROM users WHERE users.id = asked.id))
           AS users`;

/**
 * The partner ids for the filter. For a partner they always contain only its own id, so no other code has to restrict
 * what a partner sees.
 */
function permittedPartners({ partnerId, owner }: RevenueFilterRequest, viewer: Viewer): string[] {
  const named = idSet(partnerId);
  if (viewer.kind === 'everybody') return named;
  const foreign = named.find((id) => id !== viewer.partnerId);
  if (foreign !== undefined) throw partnerNotFound(foreign, { type: 'user', id: foreign });
  if (owner === 'platform') {
    throw new Problem(
      REVENUE_PROBLEMS.OWNER_NOT_YOURS,
      'Only finance and admin can set owner=platform. Remove owner to see your own modules.',
    );
  }
  return [viewer.partnerId];
}

/** Partners never learn who their customers are, so they cannot filter by them, whether they exist or not. */
function permittedUsers({ userId }: RevenueFilterRequest, viewer: Viewer): string[] {
  if (userId !== undefined && viewer.kind === 'partner') throw usersNotYours('filter by userId');
  return idSet(userId);
}

/** 403: a partner asked for customers. */
export function usersNotYours(what: string): Problem {
  return new Problem(REVENUE_PROBLEMS.USERS_NOT_YOURS, `Only finance and admin can ${what}.`);
}

function partnerNotFound(id: string, attemptOn?: ForeignThing): Problem {
  return new Problem(
    REVENUE_PROBLEMS.PARTNER_NOT_FOUND,
    `There is no partner ${id} that you can filter by; check partnerId.`,
    {
      attemptOn,
    },
  );
}

function idSet(ids: readonly string[] = []): string[] {
  return [...new Set(ids)].sort(comparePlatformIds);
}
