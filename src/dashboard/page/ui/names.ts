import { useState } from 'preact/hooks';
import { useQuestion } from '../question/question.js';

/**
 * The names of things by their ids, each read once. An id is its own name until its name is there, or if it cannot be
 * read.
 *
 * @param read the name of one id
 */
export function useNames(
  ids: readonly string[],
  read: (id: string, signal: AbortSignal) => Promise<string>,
): (id: string) => string {
  const [known] = useState(() => new Map<string, string>());
  const missing = [...new Set(ids)].filter((id) => !known.has(id)).sort();
  const names = useQuestion(missing.length === 0 ? null : missing, (wanted, signal) =>
    Promise.all(
      wanted.map(async (id) => {
        const name = await read(id, signal).catch(() => id);
        if (!signal.aborted) known.set(id, name);
        return name;
      }),
    ),
  );
  void names.shown.value; // Draws again when names arrive.
  return (id) => known.get(id) ?? id;
}
