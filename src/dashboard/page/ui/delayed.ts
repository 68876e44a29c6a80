import { useEffect, useState } from 'preact/hooks';

/** Requests wait until the user stops typing. */
const TYPING_MS = 200;

/** A value that follows another one when it has not changed for a moment. */
export function useDelayed<T extends string | null>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
