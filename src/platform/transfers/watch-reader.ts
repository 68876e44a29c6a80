import type { Socket } from 'node:net';
import { ReaderPace, type PaceLimits } from './reader-pace.js';
import { readerStateOf } from './reader-state.js';

/** Number of checks within the time that a reader can receive nothing. */
const LOOKS_PER_STALL = 10;

/**
 * Watches how fast the other side of a connection receives data.
 *
 * @param onTooSlow called once, with the reason as the end of a sentence
 * @returns a function that ends the watch
 */
export function watchReader(
  socket: Socket,
  limits: PaceLimits,
  onTooSlow: (why: string) => void,
): () => void {
  const pace = new ReaderPace(limits);
  let isOver = false;
  let next: NodeJS.Timeout | undefined;
  const stop = (): void => {
    isOver = true;
    clearTimeout(next);
  };
  const look = async (): Promise<void> => {
    const complaint = pace.complaintAt(await readerStateOf(socket));
    if (isOver) return;
    if (complaint === null) plan();
    else {
      stop();
      onTooSlow(complaint);
    }
  };
  const plan = (): void => {
    next = setTimeout(() => void look(), limits.stall_ms / LOOKS_PER_STALL).unref();
  };
  plan();
  return stop;
}
