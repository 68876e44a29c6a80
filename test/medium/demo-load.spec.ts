import { demoPlatform, midnightBefore } from '../../src/demo/platform/index.js';
import { holdingOf, loadPlatform } from '../../src/demo/load-platform.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';

describe('loading the demo platform', () => {
  let service: TestService;

  beforeAll(async () => (service = await startTestService()));
  afterAll(() => service.close());

  it('accepts every line, and a second load adds nothing', async () => {
    expect(await holdingOf(service.app, true)).toBe('nothing');
    const end = midnightBefore(BigInt(Date.now()) * 1_000n);
    const records = demoPlatform(end);

    const { lines } = await loadPlatform(service.app, end);

    expect(lines).toBe(records.length);
    const again = await importRecords(service.app, records as TestRecord[]);
    expect(again).toMatchObject({ lines, added: 0, known: lines, changed: 0, refused: 0 });
    expect(await holdingOf(service.app, true)).toBe('the demo');
  });

  it('detects data that it did not load', async () => {
    expect(await holdingOf(service.app, false)).toBe('something else');
  });
});
