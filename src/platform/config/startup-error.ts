/**
 * A cause outside the program that prevents a start: a setting, a port, the database, a folder. The server and the
 * command line print its message as one line on stderr and exit with code 1, without a stack trace. The message must
 * therefore say what happened and what to do.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
