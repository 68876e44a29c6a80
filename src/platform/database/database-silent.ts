/** A statement or a wait for a connection was given up because the database did not answer for seconds. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
  /** Node's code for a peer that does not answer; the error handlers recognise it. */
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('The database does not answer.');
  }
}
