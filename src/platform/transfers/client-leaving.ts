import type { ServerResponse } from 'node:http';

/**
 * Tells when the client of an answer leaves before it has the whole answer: by FIN, by RST, or long before this call. A
 * client that closes its half of the connection has left: Node would end the answer at that moment too.
 *
 * @param onLeave called at most once, within this call where the client has left already
 * @returns stops listening
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
  // The events of a client that left while its token was checked have been emitted already.
  if (response.destroyed || socket.destroyed || socket.readableEnded) leave();
  return stop;
}
