import { useState } from 'preact/hooks';
import type { TaggedVariable } from '../../api/settings.js';
import { useCaller } from '../../session/me.js';
import type { ShareOutcome } from './share-change.js';

export interface ShareWriting {
  readonly isSending: boolean;
  /** Of the last attempt; null: none, or it is forgotten. */
  readonly outcome: ShareOutcome | null;
  readonly settle: (attempt: Promise<ShareOutcome>) => Promise<void>;
  readonly forget: () => void;
}

/** @param onChange called with the share in force after each attempt that could read it */
export function useShareWriting(onChange: (now: TaggedVariable) => void): ShareWriting {
  const { amendPlatform } = useCaller();
  const [isSending, setSending] = useState(false);
  const [outcome, setOutcome] = useState<ShareOutcome | null>(null);
  const settle = async (attempt: Promise<ShareOutcome>): Promise<void> => {
    setSending(true);
    const result = await attempt;
    if (result.now !== null) {
      amendPlatform({ share: result.now.value.value });
      onChange(result.now);
    }
    setOutcome(result);
    setSending(false);
  };
  return { isSending, outcome, settle, forget: () => setOutcome(null) };
}
