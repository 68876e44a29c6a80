import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The user under which PostgreSQL's programs run. They refuse uid 0, so root must run them under another identity:
 * - `self`: the user of this process;
 * - `unmapped`: through `unshare --user`, which shows the own uid as nobody's while the files keep their owner;
 * - `account`: another account, which then owns the files.
 */
export type Identity =
  | { readonly kind: 'self' }
  | { readonly kind: 'unmapped' }
  | { readonly kind: 'account'; readonly uid: number; readonly gid: number };

export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

export function invocationAs(identity: Identity, command: string, args: readonly string[]): Invocation {
  if (identity.kind === 'self') return { command, args };
  if (identity.kind === 'unmapped') return { command: 'unshare', args: ['--user', '--', command, ...args] };
  return { command, args, uid: identity.uid, gid: identity.gid };
}

/** Makes the identity the owner of a file or folder. */
export function giveTo(identity: Identity, path: string): void {
  if (identity.kind === 'account') chownSync(path, identity.uid, identity.gid);
}

/** The identity that can run an existing cluster: its owner. */
export function identityForExisting(clusterDirectory: string): Identity {
  if (!isRoot()) return { kind: 'self' };
  const { uid, gid } = statSync(clusterDirectory);
  return uid === 0 ? { kind: 'unmapped' } : { kind: 'account', uid, gid };
}

/**
 * The identities that might be able to create a cluster in this folder, best first. Only an attempt shows whether one
 * is.
 */
export function identitiesForNew(dataDirectory: string): Identity[] {
  // initdb needs a user name. The arbitrary uid of a container may have none; the uid of nobody has one.
  if (!isRoot()) return [{ kind: 'self' }, { kind: 'unmapped' }];
  const { uid, gid } = statSync(dirname(dataDirectory));
  const folderOwner: Identity[] = uid === 0 ? [] : [{ kind: 'account', uid, gid }];
  return [{ kind: 'unmapped' }, ...folderOwner, ...systemAccounts(['postgres', 'nobody'])];
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function systemAccounts(names: readonly string[]): Identity[] {
  let lines: string[];
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    return fields === undefined
      ? []
      : [{ kind: 'account' as const, uid: Number(fields[2]), gid: Number(fields[3]) }];
  });
}
