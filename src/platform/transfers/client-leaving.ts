import type { ServerResponse } from 'node:http';

/**
 * Detects that a client disconnects before it has the whole answer: by FIN, by RST, or before this call. A client that
 * closes its half of the connection counts as disconnected, because Node would then end the answer too.
 *
 * @param onLeave called at most once, during this call if the client has already disconnected
 * @returns a function that stops listening
 */
export function whenClientLeaves(response: ServerResponse, onLeave: () => void): () => void {
  const { socket } = response.req;
  const leave = (): void => {
    stop();
    if (!response.writableFinished) onLeave();
  };
  const stop = (): void => {
    socket.removeListener('close', leave);
    socket.removeListener('end', leave);
  };
  socket.once('close', leave);
  socket.once('end', leave);
  // If the client disconnected while its token was checked, the events were already emitted.
  if (response.destroyed || socket.destroyed || socket.readableEnded) leave();
  return stop;
}
