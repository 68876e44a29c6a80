import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './support/compiled.js';
import { folderCircles } from './support/folder-circles.js';

/** An import that the dependency rule of docs/architecture.md forbids, and the rule that must report it. */
const PLANTED: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['domain-is-pure', 'src/domain/ledger/fold.ts', 'src/platform/clock.ts'],
  ['platform-knows-no-feature', 'src/platform/clock.ts', 'src/users/index.ts'],
  ['migrations-are-handed-over', 'src/platform/clock.ts', 'migrations/index.ts'],
  ['migrations-are-handed-over', 'src/users/user.ts', 'migrations/index.ts'],
  ['nobody-imports-the-doors', 'src/users/user.ts', 'src/cli/progress.ts'],
  ['nobody-imports-the-bench', 'src/revenue/report.ts', 'bench/statistics.ts'],
  ['doors-use-feature-indexes', 'src/cli/progress.ts', 'src/credits/fold-users.ts'],
  ['feature-audit', 'src/audit/event.ts', 'src/users/index.ts'],
  ['feature-auth', 'src/auth/guard.ts', 'src/users/index.ts'],
  ['feature-users', 'src/users/user.ts', 'src/modules/index.ts'],
  ['feature-modules', 'src/modules/module.ts', 'src/credits/index.ts'],
  ['feature-variables', 'src/variables/variable.ts', 'src/users/index.ts'],
  ['feature-credits', 'src/credits/fold-users.ts', 'src/revenue/index.ts'],
  ['feature-revenue', 'src/revenue/report.ts', 'src/credits/fold-users.ts'],
  ['credits-ledger', 'src/credits/ledger/row.ts', 'src/credits/accounts/lot.ts'],
  ['credits-accounts', 'src/credits/accounts/lot.ts', 'src/credits/commands/award.ts'],
  ['credits-commands', 'src/credits/commands/award.ts', 'src/credits/http/answer.ts'],
  ['credits-import', 'src/credits/import/line.ts', 'src/credits/http/answer.ts'],
  ['credits-queries', 'src/credits/queries/balance.ts', 'src/credits/http/answer.ts'],
  ['feature-dashboard', 'src/dashboard/static-page.ts', 'src/auth/index.ts'],
  ['page-runs-in-browsers', 'src/dashboard/page/main.tsx', 'src/domain/index.ts'],
  ['page-app-combines', 'src/dashboard/page/ui/card.tsx', 'src/dashboard/page/app/areas.ts'],
  ['page-areas-are-apart', 'src/dashboard/page/shell/shell.tsx', 'src/dashboard/page/areas/data/view.tsx'],
  [
    'page-areas-do-not-import-each-other',
    'src/dashboard/page/areas/data/view.tsx',
    'src/dashboard/page/areas/audit/view.tsx',
  ],
  ['page-shared-parts-know-no-frame', 'src/dashboard/page/ui/card.tsx', 'src/dashboard/page/shell/frame.tsx'],
];

const CIRCLE = ['src/revenue/a.ts', 'src/revenue/b.ts'] as const;

describe('the dependency rule', () => {
  let folder: string;
  let cruise: { readonly status: number | null; readonly output: string };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pmr-boundaries-'));
    write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext" }, "include": ["src"] }');
    write('package.json', '{ "type": "module" }');
    write('src/domain/index.ts', 'export const one = 1;');
    write('src/variables/index.ts', "export { one } from '../domain/index.js';");
    write('src/credits/index.ts', "export { one } from '../variables/index.js';");
    const imports = new Map<string, string[]>();
    for (const [, from, to] of PLANTED) imports.set(from, [...(imports.get(from) ?? []), to]);
    for (const [from, to] of [CIRCLE, [...CIRCLE].reverse() as [string, string]]) imports.set(from, [to]);
    for (const to of PLANTED.map(([, , planted]) => planted)) if (!imports.has(to)) imports.set(to, []);
    for (const [file, targets] of imports) {
      const up = '../'.repeat(file.split('/').length - 1);
      const lines = targets.map((to) => `import '${up}${to.replace(/\.tsx?$/, '.js')}';`);
      if (file !== 'src/credits/index.ts') write(file, [...lines, 'export const here = 1;'].join('\n'));
    }
    const bin = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const config = join(ROOT, '.dependency-cruiser.cjs');
    const { status, stdout } = spawnSync(process.execPath, [bin, '--config', config, 'src'], {
      cwd: folder,
      encoding: 'utf8',
    });
    cruise = { status, output: stdout };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };

  it('fails for planted violations', () => expect(cruise.status).toBeGreaterThan(0));

  it.each(PLANTED)('%s catches %s importing %s', (rule, from, to) => {
    expect(cruise.output).toContain(`${rule}: ${from} → ${to}`);
  });

  it('catches two files that import each other', () => {
    expect(cruise.output).toMatch(/no-circular: src\/revenue\/[ab]\.ts/);
  });

  it('allows permitted imports', () => {
    expect(cruise.output).not.toContain('src/credits/index.ts → src/variables/index.ts');
  });
});

describe('neighbouring folders', () => {
  it('have no circular imports', () => expect(folderCircles(join(ROOT, 'src'))).toEqual([]));

  it('are reported if they have, however long the circle is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pmr-folder-circles-'));
    const write = (file: string, imported: string): void => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `import '${imported}';`);
    };
    write('credits/ledger/deep/entry.ts', '../../http/answer.js');
    write('credits/http/answer.ts', '../commands/award.js');
    write('credits/commands/award.ts', '../ledger/row.js');
    write('credits/ledger/row.ts', '../credits.problems.js');
    write('credits/credits.problems.ts', './ledger/row.js');
    expect(folderCircles(folder)).toEqual([
      ['credits/commands', 'credits/ledger', 'credits/http', 'credits/commands'],
    ]);
    rmSync(folder, { recursive: true });
  });
});
