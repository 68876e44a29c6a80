/** What was asked of the database is given up, as it has not answered for seconds. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
  /** Node's code of a peer that does not answer, by which all who read errors know it. */
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('The database does not answer.');
  }
}
