import type { CreditBalanceDto } from '../../src/credits/http/dto/credit-balance.dto.js';
import type { CreditHistoryDto, HistoryLineDto } from '../../src/credits/http/dto/credit-history.dto.js';
import { send, type Answer } from './http-client.js';
import type { TestService } from './service.js';
import { tokenOf } from './tokens.js';

type BalanceAnswer = CreditBalanceDto;
type HistoryAnswer = CreditHistoryDto;
export type HistoryLine = HistoryLineDto;

const FINANCE = tokenOf('fin', ['finance']);

/** Reads credits over HTTP, by default as finance. */
export interface CreditsClient {
  /** Requests a balance or history, for any answer. */
  ask(what: 'balance' | 'history', query: string, token?: string, accept?: string): Promise<Answer>;
  /** A balance, which must exist. */
  balance(query: string, token?: string): Promise<BalanceAnswer>;
  /** A page of a history, which must exist. */
  history(query: string, token?: string): Promise<HistoryAnswer>;
  /** All lines of a history, page by page. */
  allLines(query: string, limit?: number): Promise<HistoryLine[]>;
}

export function creditsClient(service: Pick<TestService, 'url'>): CreditsClient {
  const ask: CreditsClient['ask'] = (what, query, token = FINANCE, accept = 'application/json') =>
    send(`${service.url}/api/credits/${what}?${query}`, { token, headers: { accept } });
  const there = async <Body>(answer: Promise<Answer>): Promise<Body> => {
    const answered = await answer;
    if (answered.status !== 200) throw new Error(`${answered.status}: ${answered.text}`);
    return answered.json<Body>();
  };
  const history: CreditsClient['history'] = (query, token) => there(ask('history', query, token));
  return {
    ask,
    history,
    balance: (query, token) => there(ask('balance', query, token)),
    allLines: async (query, limit = 500) => {
      const lines: HistoryLine[] = [];
      let cursor = '';
      for (;;) {
        const { data, page } = await history(`${query}&limit=${limit}${cursor}`);
        lines.push(...data);
        if (page.nextCursor === null) return lines;
        cursor = `&cursor=${page.nextCursor}`;
      }
    },
  };
}
