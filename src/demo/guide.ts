import type { SignIn } from './sign-ins.js';

/** What a person needs to go on from the terminal. */
export interface GuideFacts {
  readonly baseUrl: string;
  readonly signIns: readonly SignIn[];
  /** Of the shown partner; null where an identity provider issues tokens. */
  readonly partnerToken: string | null;
  /** The first day of the table that is shown, `YYYY-MM-DD`; null: the first there is. */
  readonly since: string | null;
}

/** The end of the demo's welcome: who signs in with what, and one command to paste. */
export function guide({ baseUrl, signIns, partnerToken, since }: GuideFacts): string {
  if (partnerToken === null) {
    return 'Tokens come from your identity provider (AUTH_JWKS_URI), so nobody signs in here.\n\n';
  }
  const table = signIns.map(({ person: { roles, email }, password }) => [roles.join(), email, password]);
  const widths = [0, 1].map((column) => Math.max(...table.map((cells) => (cells[column] as string).length)));
  const rows = table.map((cells) =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   '),
  );
  const range = since === null ? '' : `&startDate=${since}`;
  return [
    `Open ${baseUrl} to see it all, and sign in as one of these`,
    '(in Swagger UI and with POST /api/auth/login they work too):',
    '',
    ...rows.map((row) => `  ${row}`),
    '',
    'The same rows as CSV, to paste into another terminal (good for a day):',
    '',
    `curl -s -H "Authorization: Bearer ${partnerToken}" "${baseUrl}/api/revenue?format=csv${range}"`,
    '',
    '',
  ].join('\n');
}
