import type { Module } from '../../api/modules.js';
import { useCaller } from '../../session/me.js';
import { seesEverybody } from '../../session/rights.js';

export interface ModuleRights {
  /** Whether the list has everybody's modules, with their partners. */
  readonly seesAll: boolean;
  readonly mayPublish: boolean;
  /** Whether the caller can publish for any partner, and for the platform. */
  readonly publishesForOthers: boolean;
  readonly mayEdit: (module: Module) => boolean;
  readonly seesFigures: (module: Module) => boolean;
}

/** Of modules, the service tells a partner the `partnerId` only of its own. */
export function useModuleRights(): ModuleRights {
  const { rights } = useCaller();
  const seesAll = seesEverybody(rights);
  const isAdmin = rights.settings === 'change';
  const isPartner = rights.roles.includes('partner');
  const isOwn = ({ partnerId }: Module): boolean => partnerId !== undefined && partnerId !== null;
  return {
    seesAll,
    mayPublish: isAdmin || isPartner,
    publishesForOthers: isAdmin,
    mayEdit: (module) => isAdmin || (isPartner && !seesAll && isOwn(module)),
    seesFigures: (module) => seesAll || isOwn(module),
  };
}
