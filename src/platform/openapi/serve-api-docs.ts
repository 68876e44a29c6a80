import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { buildOpenApiDocument } from './document.js';
import { API_DOCS_PATH, OPENAPI_JSON_PATH } from './paths.js';

/** Serves the OpenAPI document and Swagger UI, with all files from this host. */
export function serveApiDocs(app: NestExpressApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup(API_DOCS_PATH, app, () => (document ??= buildOpenApiDocument(app)), {
    jsonDocumentUrl: OPENAPI_JSON_PATH,
    raw: ['json'],
    customSiteTitle: 'Partner module revenue: API',
    swaggerOptions: {
      validatorUrl: null, // otherwise the document is sent to validator.swagger.io
      displayRequestDuration: true,
      tryItOutEnabled: true,
    },
  });
}
