// The picture of the page that the README shows: npm run build && npm run screenshot. It starts a demo of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showPage, startChromium } from './chromium.js';
import { ROOT } from './folders.js';
import { environmentOf, saidBy } from './service-process.js';

const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
const demo = spawn(process.execPath, [join(ROOT, 'bin', 'start.mjs'), '--demo'], {
  env: environmentOf(folder),
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await startChromium();
try {
  // The token of the partner, in the command that the demo prints.
  const [, token = '', url = ''] = await saidBy(demo.stdout, /Bearer (\S+)" "(http:\/\/[^/]+)/);
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
  });
  const { page } = await showPage(context, `${url}/?by=module`, token);
  await page.screenshot({ path: join(ROOT, 'docs', 'module-revenue.png') });
} finally {
  await browser.close();
  demo.kill('SIGINT');
  if (demo.exitCode === null) await once(demo, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
