import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { send } from '../support/http-client.js';
import { DataFolder, ServiceProcess } from '../support/compiled-service.js';
import { ensureCompiled, ROOT } from '../support/compiled.js';
import { openApiTextOfBuild } from '../support/openapi-build.js';

const run = promisify(execFile);
/** A folder name with letters of every kind, spaces, and characters that addresses, shells and code escape. */
const NAME = `Größe und 見積 #1 50% "it's"`;
const SOURCES = [
  'src',
  'migrations',
  'bin',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
];
/** The test compiles, which takes 15 s on an idle machine. */
const TEST_TIMEOUT_MS = 500_000;

describe(`a clone in a folder called ${NAME}`, () => {
  let parent: string;
  let clone: string;
  let data: DataFolder;

  beforeAll(async () => {
    await ensureCompiled();
    parent = mkdtempSync(join(tmpdir(), 'pmr-folder-'));
    clone = join(parent, NAME);
    for (const name of SOURCES) cpSync(join(ROOT, name), join(clone, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
    data = new DataFolder();
  }, 240_000);
  afterAll(() => {
    data.remove();
    rmSync(parent, { recursive: true });
  });

  it(
    'compiles itself at the first start, serves and gives the same OpenAPI document',
    async () => {
      const { stdout } = await run(process.execPath, [join(clone, 'bin', 'cli.mjs'), 'openapi'], {
        cwd: clone,
        maxBuffer: 64 * 1024 * 1024,
      });
      expect(existsSync(join(clone, 'dist', 'src', 'dashboard', 'page', 'main.js'))).toBe(true);
      expect(JSON.parse(stdout)).toEqual(JSON.parse(await openApiTextOfBuild()));
      expect(
        readFileSync(join(clone, 'dist', 'src', 'modules', 'modules.controller.js'), 'utf8'),
      ).not.toContain('Gr');

      const start = [process.execPath, join(clone, 'bin', 'start.mjs')] as const;
      const service = new ServiceProcess({ DATA_DIR: join(data.path, NAME) }, [], start);
      try {
        expect(await service.isReady()).toBe(true);
        const page = await send(await service.url());
        expect([page.status, page.text]).toEqual([200, expect.stringContaining('<html')]);
        expect(await service.interrupt()).toBe(0);
      } finally {
        await service.kill();
      }
    },
    TEST_TIMEOUT_MS,
  );
});
