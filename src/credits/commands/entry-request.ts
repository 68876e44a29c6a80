import type { Instant, Micros } from '../../domain/index.js';
import { idOf, type EntryLine } from './import-line.js';

/** An entry that somebody asks to record now, one at a time. */
export interface EntryRequest {
  /** The user whose entry it is; of a refund, the user of what it names. */
  readonly userId: string;
  /** When it happened; null: now, which is the database's clock under the account's lock. */
  readonly statedTime: Instant | null;
  /** The entry as it reads with this time. */
  readonly lineAt: (time: Instant) => EntryLine;
  /** Whether it is refused for lack of credits: a charge made now, and not a fact that is told afterwards. */
  readonly isCharge: boolean;
  /** Of a deployment: what its module costs as far as the caller knows; null: not said. At another cost it is refused. */
  readonly expectedCost: Micros | null;
  /** Whose own interest an award or purchase must not serve: the caller, as user and as partner. */
  readonly callerIds: ReadonlySet<string>;
}

/** What a request says beside its time. */
export interface EntryIdentity {
  readonly type: EntryLine['type'];
  readonly id: string;
  readonly moduleId: string | undefined;
  readonly deploymentId: string | undefined;
}

/** The parts of a request that do not depend on its time. */
export function identityOf(request: EntryRequest): EntryIdentity {
  const line = request.lineAt(request.statedTime ?? 0n);
  return {
    type: line.type,
    id: idOf(line),
    moduleId: line.type === 'deployment' ? line.moduleId : undefined,
    deploymentId: line.type === 'refund' ? line.deploymentId : undefined,
  };
}
