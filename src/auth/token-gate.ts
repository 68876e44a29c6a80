import { Injectable } from '@nestjs/common';

/** Returns the subjects that must be refused although their tokens are valid. */
export type SubjectCheck = (subjectIds: readonly string[]) => Promise<Iterable<string>>;

/** Requests that are checked together. */
interface Round {
  readonly subjectIds: Set<string>;
  readonly barred: Promise<ReadonlySet<string>>;
}

/**
 * Port for the users feature to refuse anonymised users, without a dependency of auth on users: the feature registers
 * its check when it starts. Without a registered check, every valid token is accepted.
 *
 * Requests that arrive in the same turn of Node's event loop are checked together. Each result is newer than its
 * request, and a busy service needs one query for several requests.
 */
@Injectable()
export class TokenGate {
  private barredAmong: SubjectCheck = () => Promise.resolve([]);
  private gathering: Round | null = null;

  /** Sets the check; it replaces the previous one. */
  register(barredAmong: SubjectCheck): void {
    this.barredAmong = barredAmong;
  }

  /** Whether tokens of this subject are accepted. */
  async isOpenFor(subjectId: string): Promise<boolean> {
    this.gathering ??= this.begin();
    const { subjectIds, barred } = this.gathering;
    subjectIds.add(subjectId);
    return !(await barred).has(subjectId);
  }

  private begin(): Round {
    const subjectIds = new Set<string>();
    return { subjectIds, barred: this.checkWhenGathered(subjectIds) };
  }

  private async checkWhenGathered(subjectIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    await new Promise((resolve) => setImmediate(resolve));
    this.gathering = null;
    return new Set(await this.barredAmong([...subjectIds]));
  }
}
