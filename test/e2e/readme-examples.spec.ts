import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCompiled, ROOT } from '../support/compiled.js';
import { examplesOf, expectOutput, runExamples } from '../support/document-examples.js';
import { startTestService, type TestService } from '../support/service.js';
import { TEST_JWT_SECRET } from '../support/tokens.js';

const TEST_TIMEOUT_MS = 120_000;

describe.each(['README.md', 'docs/integration.md', 'docs/migration.md'])('the examples of %s', (document) => {
  const examples = examplesOf(readFileSync(join(ROOT, document), 'utf8'));
  let service: TestService;

  beforeAll(async () => {
    await ensureCompiled();
    service = await startTestService();
  }, 180_000);
  afterAll(() => service?.close());

  it(
    'run unchanged and print what the document shows',
    async () => {
      expect(examples.length).toBeGreaterThan(2);
      const printed = await runExamples(examples, service.url, {
        DATABASE_URL: service.database.serviceUrl,
        DATABASE_OWNER_URL: service.database.ownerUrl,
        AUTH_JWT_SECRET: TEST_JWT_SECRET,
      });
      examples.forEach((example, index) => expectOutput(example, printed[index] as string));
    },
    TEST_TIMEOUT_MS,
  );
});
