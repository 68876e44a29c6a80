import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EnvironmentVariables, VARIABLE_NAMES } from '../../src/platform/config/environment-variables.js';
import { ROLES } from '../../src/auth/index.js';
import { operationsOf, type ApiDocument } from '../support/api-document.js';
import { ensureCompiled, ROOT } from '../support/compiled.js';
import { send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The cells of a table's rows, without the backquotes around them. */
function tableOf(firstHeading: string): string[][] {
  const lines = README.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\| ${firstHeading} +\\|`).test(line));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}

describe('the configuration table of the README', () => {
  const rows = tableOf('variable');

  it('lists the variables that the service reads', () => {
    expect(rows.map(([name]) => name)).toEqual([...VARIABLE_NAMES]);
  });

  it('shows the defaults of the service', () => {
    const defaults = Object.entries(new EnvironmentVariables()).filter(([, value]) => value !== undefined);
    const told = new Map(rows.map(([name, value]) => [name, value]));
    expect(defaults.length).toBeGreaterThan(3);
    for (const [name, value] of defaults) expect([name, told.get(name)]).toEqual([name, String(value)]);
  });

  it('lists the variables of .env.example, except those of docker compose', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
    const names = [...example.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map((match) => match[1] as string);
    const own = names.filter((name) => (VARIABLE_NAMES as readonly string[]).includes(name));
    expect(own.toSorted()).toEqual([...VARIABLE_NAMES].sort());
    for (const name of names.filter((one) => !own.includes(one))) expect(compose).toContain(`\${${name}`);
  });
});

describe('the route table of the README', () => {
  let service: TestService;

  beforeAll(async () => (service = await startTestService()));
  afterAll(() => service?.close());

  it('lists every route and its roles', async () => {
    const document = (await send(`${service.url}/api/openapi.json`)).json<ApiDocument>();
    const everyone = (roles: string): string => (roles === ROLES.join(', ') ? 'everyone' : roles);
    const routes = operationsOf(document).map(({ name, roles, security }) => {
      if (roles !== undefined) return `${name}: ${everyone(roles.join(', '))}`;
      return `${name}: ${(security ?? []).length > 0 ? 'every token' : 'anybody'}`;
    });
    const told = tableOf('route').map(([route, forWhom]) => `${route}: ${forWhom}`);
    expect(told.toSorted()).toEqual(routes.toSorted());
  });
});

describe('the command table of the README', () => {
  beforeAll(ensureCompiled, 180_000);

  it('lists every command', () => {
    const help = execFileSync(process.execPath, [join(ROOT, 'bin', 'cli.mjs'), '--help'], {
      encoding: 'utf8',
    });
    const commands = help.slice(help.indexOf('Commands:')).matchAll(/^ {2}([a-z-]+)\b/gm);
    const names = [...new Set([...commands].map((match) => match[1] as string))];
    const told = tableOf('command').map(([line]) => /-- ([a-z-]+)/.exec(line as string)?.[1]);
    expect(told.toSorted()).toEqual(names.filter((name) => name !== 'help').toSorted());
  });
});

describe('the documents', () => {
  const folders = ['bench', 'bin', 'client', 'docs', 'migrations', 'src', 'test'];
  const nested = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { encoding: 'utf8', recursive: true }).map((path) => join(folder, path)),
  );
  const files = [...readdirSync(ROOT), ...nested].filter((path) =>
    /\.(?:md|ts|[cm]js|yml|example)$/.test(path),
  );
  const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

  it('have links that work', () => {
    const links = files
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...textOf(path).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map((match) => ({
          in: path,
          to: match[1] as string,
        })),
      );
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(link.in), link.to)))).toEqual([]);
  });

  it('exist if a comment or a document names them', () => {
    const named = files.flatMap((path) => textOf(path).match(/\bdocs\/[\w/-]+\.md\b/g) ?? []);
    expect(named.length).toBeGreaterThan(50);
    expect([...new Set(named)].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('are named with their folder', () => {
    const bare = /(?<![\w/.-])(?:rules|contract|domain|architecture)\.md\b/;
    const code = files.filter((path) => /\.(?:ts|[cm]js)$/.test(path));
    expect(code.filter((path) => bare.test(textOf(path)))).toEqual([]);
  });
});
