import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/compiled.js';
import { send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const RULES = join(ROOT, 'docs', 'operations', 'alerts.yml');
const PROMTOOL = '/usr/bin/promtool';
/** promtool must be installed in CI: without it these tests fail there. */
const itWithPromtool = existsSync(PROMTOOL) || process.env['CI'] ? it : it.skip; // needs promtool

describe('the alert rules of docs/operations', () => {
  let service: TestService;
  beforeAll(async () => (service = await startTestService()));
  afterAll(() => service?.close());

  itWithPromtool('are accepted by Prometheus (skipped if promtool is not installed)', () => {
    const said = execFileSync(PROMTOOL, ['check', 'rules', RULES], { encoding: 'utf8' });
    expect(said).toMatch(/SUCCESS: \d+ rules found/);
  });

  it('use metrics and labels that exist', async () => {
    await send(`${service.url}/api/deployments`, {
      method: 'POST',
      token: tokenOf('ann', ['user']),
      body: { moduleId: 'none' },
    });
    const { text: metrics } = await send(`${service.url}/metrics`);
    const rules = readFileSync(RULES, 'utf8');
    const asked = new Set(rules.match(/\b(http|database)_[a-z_]+/g));
    expect(asked.size).toBeGreaterThan(3);
    // Replicas have metrics only if there are replicas.
    const known =
      metrics + readFileSync(join(ROOT, 'src', 'platform', 'metrics', 'replica-metrics.ts'), 'utf8');
    for (const name of asked) {
      expect(known).toMatch(new RegExp(`(^# TYPE |name: ')${name.replace(/_(count|bucket)$/, '')}[ ']`, 'm'));
    }
    expect(metrics).toMatch(
      /http_request_duration_seconds_bucket\{[^}]*method="POST",route="\/api\/deployments"/,
    );
    expect(metrics).toContain('database_pool_connections{state="waiting"}');
  });

  it('are the ones that the page describes', () => {
    const page = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8');
    const explained = [...page.matchAll(/^\| `(Revenue\w+)`/gm)].map((match) => match[1]);
    const defined = [...readFileSync(RULES, 'utf8').matchAll(/- alert: (\w+)/g)].map((match) => match[1]);
    expect(explained).toEqual(defined);
  });
});
