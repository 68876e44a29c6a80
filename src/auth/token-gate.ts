import { Injectable } from '@nestjs/common';

/** Answers which of these subjects are refused although the signature of their tokens is good. */
export type SubjectCheck = (subjectIds: readonly string[]) => Promise<Iterable<string>>;

/** Requests that ask together. */
interface Round {
  readonly subjectIds: Set<string>;
  readonly barred: Promise<ReadonlySet<string>>;
}

/**
 * The port through which the users feature shuts out people whom it has anonymised, without auth knowing users:
 * it registers its check when it starts. With no check registered, every valid token is let in.
 *
 * Requests that arrive in the same turn of Node's loop are asked about together: each answer is of a moment after the
 * request came, and a busy service asks once for several of them.
 */
@Injectable()
export class TokenGate {
  private barredAmong: SubjectCheck = () => Promise.resolve([]);
  private gathering: Round | null = null;

  /** Puts the check in force, in place of the one before. */
  register(barredAmong: SubjectCheck): void {
    this.barredAmong = barredAmong;
  }

  /** Whether a token of this subject may be used. */
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
