interface People {
  readonly users: number;
  readonly modules: number;
  /** The lines that give a user credits. */
  readonly creditsOf: (userId: string, n: number) => readonly object[];
}

/** The lines of an import that makes users `u0`, `u1`, ..., and modules `m0`, `m1`, ... of one partner, of 1 credit each. */
export function linesOfPeople({ users, modules, creditsOf }: People): string {
  const lines: object[] = [{ type: 'user', id: 'maker', roles: ['partner'] }];
  for (let n = 0; n < modules; n += 1) {
    lines.push({ type: 'module', id: `m${n}`, name: `Module ${n}`, partnerId: 'maker', creditCost: '1' });
  }
  for (let n = 0; n < users; n += 1) {
    lines.push({ type: 'user', id: `u${n}`, roles: ['user'] }, ...creditsOf(`u${n}`, n));
  }
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

/** The id of any of so many users (`u`) or modules (`m`). */
export const anyOf = (prefix: 'u' | 'm', count: number): string =>
  `${prefix}${Math.floor(Math.random() * count)}`;
