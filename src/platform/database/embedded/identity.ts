import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * As whom PostgreSQL's programs run. They refuse uid 0, so root has to run them as somebody else:
 * - `self`: as the user that runs this process;
 * - `unmapped`: through `unshare --user`, where the own number shows as nobody's while the files stay one's own;
 * - `account`: as another account, which then owns the files.
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

/** Hands a file or folder to the identity that PostgreSQL runs as. */
export function giveTo(identity: Identity, path: string): void {
  if (identity.kind === 'account') chownSync(path, identity.uid, identity.gid);
}

/** Who may run a cluster that exists: its owner. */
export function identityForExisting(clusterDirectory: string): Identity {
  if (!isRoot()) return { kind: 'self' };
  const { uid, gid } = statSync(clusterDirectory);
  return uid === 0 ? { kind: 'unmapped' } : { kind: 'account', uid, gid };
}

/** Who might create a cluster in this folder, the best first; whether one can is found out by trying. */
export function identitiesForNew(dataDirectory: string): Identity[] {
  // initdb needs a name for its user; a container's arbitrary number has none, but nobody has.
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
