import type { SignIn } from './sign-ins.js';

/** The facts that the guide shows. */
export interface GuideFacts {
  readonly baseUrl: string;
  readonly signIns: readonly SignIn[];
  /** A token of the shown partner; null if an identity provider issues tokens. */
  readonly partnerToken: string | null;
  /** The first day of the shown table, `YYYY-MM-DD`; null: no first day. */
  readonly since: string | null;
}

/** The end of the demo's welcome: the users with their passwords, and one command to paste. */
export function guide({ baseUrl, signIns, partnerToken, since }: GuideFacts): string {
  if (partnerToken === null) {
    return 'Tokens come from your identity provider (AUTH_JWKS_URI), so there are no passwords here.\n\n';
  }
  const table = signIns.map(({ person: { roles, email }, password }) => [roles.join(), email, password]);
  const widths = [0, 1].map((column) => Math.max(...table.map((cells) => (cells[column] as string).length)));
  const rows = table.map((cells) =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   '),
  );
  const range = since === null ? '' : `&startDate=${since}`;
  return [
    `Open ${baseUrl} to see everything, and sign in as one of these`,
    '(they also work in Swagger UI and with POST /api/auth/login):',
    '',
    ...rows.map((row) => `  ${row}`),
    '',
    'The same rows as CSV, to paste into another terminal (valid for a day):',
    '',
    `curl -s -H "Authorization: Bearer ${partnerToken}" "${baseUrl}/api/revenue?format=csv${range}"`,
    '',
    '',
  ].join('\n');
}
