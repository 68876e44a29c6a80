/** The page's requests about signals. */

import { answerOf, api, type Schemas } from './client.js';

export type Signals = Schemas['Signals'];
export type Signal = Schemas['Signal'];
export type SignalKind = Signal['kind'];

export interface SignalsQuery {
  /** `YYYY-MM`; absent: the last whole month. */
  readonly month?: string;
}

export function readSignals(query: SignalsQuery, signal?: AbortSignal): Promise<Signals> {
  return answerOf(api.GET('/api/signals', { params: { query }, signal }));
}
