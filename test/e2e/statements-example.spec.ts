import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/compiled.js';
import { send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The code blocks of the example in docs/statements.md, in order. */
function blocks(): Block[] {
  const page = readFileSync(join(ROOT, 'docs/statements.md'), 'utf8');
  const example = page.slice(page.indexOf('## A worked example'), page.indexOf('## Rules'));
  return [...example.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

describe('the example of docs/statements.md', () => {
  let service: TestService;
  const token = tokenOf('root', ['admin']);

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  const request = (line: string): Promise<Answer> => {
    const [, method = '', path = '', body] = /^(\S+) (\S+)(?: (.*))?$/.exec(line) ?? [];
    return send(service.url + path, {
      method,
      token,
      ...(body === undefined ? {} : { body: JSON.parse(body) as object }),
    });
  };

  it('is what the service does', async () => {
    let compared = 0;
    let last: Answer | null = null;
    for (const { language, text } of blocks()) {
      if (language === 'ndjson') {
        const headers = { 'content-type': 'application/x-ndjson' };
        const imported = await send(`${service.url}/api/imports`, {
          method: 'POST',
          token,
          headers,
          body: text,
        });
        expect(imported.json<{ refused: number }>().refused).toBe(0);
      } else if (language === 'http') {
        for (const line of text.trim().split('\n')) {
          last = await request(line);
          expect([200, 201]).toContain(last.status);
        }
      } else {
        expect(last?.json()).toMatchObject(JSON.parse(text) as object);
        compared += 1;
      }
    }
    expect(compared).toBe(6);
  });
});
