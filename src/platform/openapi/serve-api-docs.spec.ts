import { startHttpApplication, type HttpApplication } from '../../../test/support/http-application.js';
import { refusal, send } from '../../../test/support/http-client.js';
import { OpenController, ThingsController } from '../../../test/support/things-controller.js';
import { API_DOCS_PATH, OPENAPI_JSON_PATH } from './index.js';

describe('the served documentation', () => {
  let door: HttpApplication;

  beforeAll(async () => {
    door = await startHttpApplication([ThingsController, OpenController]);
  });
  afterAll(() => door.close());

  it('includes the whole document, without a token', async () => {
    const answer = await send(`${door.url}${OPENAPI_JSON_PATH}`);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(Object.keys(answer.json<{ paths: object }>().paths)).toEqual(
      expect.arrayContaining(['/api/auth/me', '/api/things', '/api/things/{id}']),
    );
  });

  it('contains the roles of each route, 401 and 403, and the errors of bodies', async () => {
    const { paths } = (await send(`${door.url}${OPENAPI_JSON_PATH}`)).json<Document>();

    expect(paths['/api/things']?.['post']).toMatchObject({
      security: [{ bearer: [] }],
      'x-roles': ['user', 'partner', 'finance', 'admin', 'platform'],
    });
    expect(Object.keys(paths['/api/things']?.['post']?.responses ?? {})).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '406', '413', '415', '503']),
    );
    expect(paths['/api/open']?.['get']).toMatchObject({ security: [] });
    expect(Object.keys(paths['/api/auth/me']?.['get']?.responses ?? {})).not.toContain('403');
  });

  it('opens in Swagger UI without resources from other hosts and without inline scripts', async () => {
    const page = await send(`${door.url}${API_DOCS_PATH}`);
    const policy = page.headers.get('content-security-policy');

    expect(page.status).toBe(200);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(page.text).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('serves every file that its page references', async () => {
    const { text } = await send(`${door.url}${API_DOCS_PATH}`);
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');

    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const { status, headers } = await send(new URL(file, `${door.url}${API_DOCS_PATH}`).href);
      expect([file, status, headers.get('x-content-type-options')]).toEqual([file, 200, 'nosniff']);
    }
  });

  it('sends the document to no validator', async () => {
    const { text } = await send(`${door.url}${API_DOCS_PATH}/swagger-ui-init.js`);

    expect(text).toContain('"validatorUrl": null');
  });

  it('serves no other file', async () => {
    refusal(await send(`${door.url}${API_DOCS_PATH}/nothing.js`), 404);
    refusal(await send(`${door.url}${API_DOCS_PATH}/..%2f..%2fpackage.json`), 404);
    refusal(await send(`${door.url}${API_DOCS_PATH}-json`), 404);
  });
});

interface Document {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, unknown> }>>;
}
