import { Injectable } from '@nestjs/common';

/** Answers whether tokens of this subject are refused although their signature is good. */
export type SubjectCheck = (subjectId: string) => Promise<boolean>;

/**
 * The port through which the users feature shuts out people whom it has anonymised, without auth knowing users:
 * it registers its check when it starts. With no check registered, every valid token is let in.
 */
@Injectable()
export class TokenGate {
  private isBarred: SubjectCheck = () => Promise.resolve(false);

  /** Puts the check in force, in place of the one before. */
  register(isBarred: SubjectCheck): void {
    this.isBarred = isBarred;
  }

  /** Whether a token of this subject may be used. */
  async isOpenFor(subjectId: string): Promise<boolean> {
    return !(await this.isBarred(subjectId));
  }
}
