import { DataSource } from 'typeorm';
import { withoutTimeLimits } from '../../src/platform/database/index.js';
import { BULK_WORK_MAX } from '../../src/platform/database/pool-shares.js';
import { refusal, send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('bulk work that takes as long as it likes', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it('leaves most of the connections to everybody else', async () => {
    const token = tokenOf('cfo', ['finance']);
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    const dataSource = service.app.get(DataSource);
    const busy = Array.from({ length: BULK_WORK_MAX }, () => withoutTimeLimits(dataSource, () => ended));

    const csv = await send(`${service.url}/api/revenue?format=csv`, { token });
    expect(refusal(csv, 503).detail).toContain(`${BULK_WORK_MAX} exports and imports are under way`);
    expect(csv.headers.get('retry-after')).toBe('30');
    expect((await send(`${service.url}/api/revenue`, { token })).status).toBe(200);

    end();
    await Promise.all(busy);
    expect((await send(`${service.url}/api/revenue?format=csv`, { token })).status).toBe(200);
  });
});
