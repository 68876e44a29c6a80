/**
 * Something outside the program keeps it from starting: a setting, a port, the database, a folder.
 * The doors print its message as one line on stderr and exit with code 1, without a stack trace;
 * so the message says what happened and what to do.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
