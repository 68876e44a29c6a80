import { createHash } from 'node:crypto';
import { canonicalJson, comparePlatformIds } from '../../domain/index.js';
import type { SettledElsewhere } from './closing.js';

/** What the digest of a closing covers besides its statements. Instants and decimals are texts of docs/contract.md. */
export interface ClosingHeader {
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly minimumPayout: string;
  readonly settledElsewhere: SettledElsewhere;
  readonly previousDigest: string | null;
}

/** A statement's id and digest. */
export interface DigestOfStatement {
  readonly id: string;
  readonly digest: string;
}

/** The digest of a closing (docs/statements.md): its header, then the digests of its statements in the order of their ids. */
export function closingDigest(header: ClosingHeader, statements: readonly DigestOfStatement[]): string {
  const { month, from, to, timeZone, minimumPayout, previousDigest } = header;
  const { deployments, grossRevenue } = header.settledElsewhere;
  const settledElsewhere = { deployments, grossRevenue };
  const hash = createHash('sha256');
  hash.update(
    `${canonicalJson({ month, from, to, timeZone, minimumPayout, settledElsewhere, previousDigest })}\n`,
  );
  const sorted = [...statements].sort((left, right) => comparePlatformIds(left.id, right.id));
  for (const { digest } of sorted) hash.update(`${digest}\n`);
  return hash.digest('hex');
}
