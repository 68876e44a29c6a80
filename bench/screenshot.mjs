// The picture of the page that the README shows: npm run build && npm run screenshot. It starts a demo of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { showPage, startChromium } from './chromium.mjs';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
const demo = spawn(process.execPath, [join(root, 'bin', 'start.mjs'), '--demo'], {
  env: {
    ...process.env,
    DATA_DIR: folder,
    DATABASE_URL: '',
    DATABASE_OWNER_URL: '',
    PORT: '0',
    LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await startChromium();
try {
  const { url, token } = await welcomed();
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
  });
  const { page } = await showPage(context, `${url}/?by=module`, token);
  await page.screenshot({ path: join(root, 'docs', 'module-revenue.png') });
} finally {
  await browser.close();
  demo.kill('SIGINT');
  if (demo.exitCode === null) await once(demo, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

/** Where the demo serves, and the token of the partner in the command that it prints. */
async function welcomed() {
  let said = '';
  for await (const text of demo.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += text;
    const [, token, url] = /Bearer (\S+)" "(http:\/\/[^/]+)/.exec(said) ?? [];
    if (token !== undefined) return { url, token };
  }
  throw new Error(`The demo did not start: ${said}`);
}
