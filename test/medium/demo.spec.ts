import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { welcome } from '../../src/demo/welcome.js';
import { parseInstant, type Instant } from '../../src/domain/index.js';
import { StartupError } from '../../src/platform/config/index.js';
import { UsersService } from '../../src/users/index.js';
import { ROOT } from '../support/compiled.js';
import { send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';

const NOW = parseInstant('2025-06-01T15:30:00Z') as Instant;
const PASSWORDS_FILE = 'demo-passwords.json';
const TOKEN = /Bearer [\w.-]+/;

describe('the demo', () => {
  let folder: string;
  let service: TestService;
  let first: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pmr-demo-'));
    service = await startTestService({ env: { DATA_DIR: folder } });
    first = await start();
  });
  afterAll(async () => {
    await service?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The output of a start. */
  const start = async (): Promise<string> => {
    let printed = '';
    const epilogue = await welcome(service.app, { write: (text) => (printed += text) }, NOW);
    epilogue(service.url);
    return printed;
  };
  /** E-mail address and password by role, as printed. */
  const signInsOf = (printed: string): Map<string, { email: string; password: string }> =>
    new Map(
      [...printed.matchAll(/^ {2}(\w+) +(\S+@\S+) +(\S+)$/gm)].map(
        ([, role = '', email = '', password = '']) => [role, { email, password }],
      ),
    );

  it('shows a partner’s revenue, prints a sign-in for each role, and keeps its data', async () => {
    expect(first).toMatch(/^\nLoading the demo platform: .*\n\d+ lines imported in \d+\.\d s\.\n/);
    expect(first).toContain('Module Revenue of blue-heron');
    expect(first).toMatch(/True revenue counts only purchased credits/);

    const signIns = signInsOf(first);
    expect([...signIns.keys()]).toEqual(['partner', 'finance', 'admin', 'user']);
    for (const [role, body] of signIns) {
      const login = await send(`${service.url}/api/auth/login`, { method: 'POST', body });
      const token = login.json<{ accessToken: string }>().accessToken;
      const me = await send(`${service.url}/api/auth/me`, { token });
      expect(me.json()).toMatchObject({ roles: [role] });
    }
    const passwords = join(folder, PASSWORDS_FILE);
    expect(statSync(passwords).mode & 0o777).toBe(0o600);

    const second = await start();
    expect(second).toMatch(/^\nThe demo platform is already loaded\.\n/);
    const afterLoading = (text: string): string =>
      text.slice(text.indexOf('Module Revenue')).replace(TOKEN, 'Bearer TOKEN');
    expect(afterLoading(second)).toBe(afterLoading(first));
  });

  it('prints a command that gives the partner’s latest revenue', async () => {
    const [, token = '', url = ''] = /curl -s -H "Authorization: Bearer (\S+)" "(\S+)"/.exec(first) ?? [];
    const answer = await send(url, { token });
    expect(answer.status).toBe(200);
    expect(answer.text.split('\r\n')[0]).toMatch(/^Deployment ID,Module Name,/);
    expect(answer.text.split('\r\n').length).toBeGreaterThan(5);
  });

  it('prints what the README shows, except random parts', () => {
    const shown = withoutRandomParts(readFileSync(join(ROOT, 'README.md'), 'utf8'));
    const [welcomed = '', guided = ''] = first.split(/(?=^Open http)/m);
    expect(shown).toContain(withoutRandomParts(welcomed));
    expect(shown).toContain(withoutRandomParts(guided.replaceAll(service.url, 'http://localhost:3000')));
  });

  it('restores passwords that were changed', async () => {
    const { email, password } = signInsOf(first).get('user') as { email: string; password: string };
    const users = service.app.get(UsersService);
    await users.putSignIn({ id: 'u-0004', email, roles: ['user'], password: 'another-password' });
    await start();
    const login = await send(`${service.url}/api/auth/login`, { method: 'POST', body: { email, password } });
    expect(login.status).toBe(200);
  });

  it('refuses a database with other data', async () => {
    const path = join(folder, PASSWORDS_FILE);
    const kept = readFileSync(path, 'utf8');
    rmSync(path);
    await expect(start()).rejects.toThrow(StartupError);
    await expect(start()).rejects.toThrow(/already contains data that is not the demo's/);
    writeFileSync(path, kept);
  });

  it('reports a damaged password file', async () => {
    const path = join(folder, PASSWORDS_FILE);
    const kept = readFileSync(path, 'utf8');
    for (const damaged of ['', '{', 'null', '{"freja":"only-one-of-them"}']) {
      writeFileSync(path, damaged);
      await expect(start()).rejects.toThrow(/demo-passwords\.json is damaged\. /);
    }
    writeFileSync(path, kept);
  });
});

function withoutRandomParts(text: string): string {
  return text
    .trim()
    .replace(/in \d+\.\d s/, 'in N s')
    .replace(TOKEN, 'Bearer TOKEN')
    .replaceAll(/[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}/g, 'pass-word-here');
}
