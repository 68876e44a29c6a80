import { type DynamicModule, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeOutline, documentOutline } from './document-outline.js';
import { documentProblems } from './document-problems.js';
import { nameEnums } from './enum-names.js';
import { exampleOf } from './examples.js';
import { withNullTypes } from './null-types.js';
import { unfitNames } from './operation-names.js';
import { addProblemSchemas } from './problem-schema.js';
import { completeRequestBodies } from './request-bodies.js';
import { documentHeaders } from './response-headers.js';
import { nameSchemas } from './schema-names.js';
import { mapSchemas, namedSchemasOf, routesOf, type Operation, type Schema } from './schemas.js';

/**
 * Builds the document of all routes of an application; the served document and the file `openapi.json` are the same.
 */
export function buildOpenApiDocument(app: INestApplication): OpenAPIObject {
  return describe(app).document;
}

/** A document and its faults, which are for its authors only. */
interface Description {
  readonly document: OpenAPIObject;
  /** One sentence for each fault to fix where the route or field is declared. */
  readonly faults: readonly string[];
}

function describe(app: INestApplication): Description {
  const document = SwaggerModule.createDocument(app, documentOutline(), {
    operationIdFactory: (_controller, method) => method,
  });
  nameSchemas(document);
  const schemas = namedSchemasOf(document);
  addProblemSchemas(schemas);
  const routes = routesOf(document);
  const faults = [...unfitNames(routes), ...completeOutline(document)];
  for (const { operation } of routes) {
    documentProblems(operation);
    splitSummary(operation);
    faults.push(...addExamples(operation, schemas).map((field) => `${field} has no example`));
  }
  faults.push(...nameEnums(document));
  documentHeaders(document);
  mapSchemas(document, withNullTypes);
  completeRequestBodies(document);
  return { document, faults };
}

/**
 * Builds the document of a module without creating providers, so neither a database nor settings are needed.
 *
 * @throws Error that lists every fault and its fix
 */
export async function describeModule(module: Type | DynamicModule): Promise<OpenAPIObject> {
  const app = await NestFactory.create(module, { preview: true, logger: false, abortOnError: false });
  try {
    const { document, faults } = describe(app);
    if (faults.length > 0) {
      throw new Error(`The OpenAPI document has faults:\n- ${faults.join('\n- ')}`);
    }
    return document;
  } finally {
    await app.close();
  }
}

/** The text of `openapi.json`. It is stable, so a difference means a change of the contract. */
export function openApiText(document: OpenAPIObject): string {
  const paths = Object.entries(document.paths).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${JSON.stringify({ ...document, paths: Object.fromEntries(paths) }, null, 2)}\n`;
}

/**
 * Splits a comment into summary and description. The compiler plugin puts the whole comment into the summary, which is
 * shown in one line.
 */
function splitSummary(operation: Operation): void {
  const [first = '', ...rest] = (operation.summary ?? '').replaceAll('\n', ' ').split(/(?<=\.) (?=[A-Z`])/);
  if (rest.length > 0) {
    operation.summary = first;
    operation.description = rest.join(' ');
  }
}

/**
 * Adds a complete example to each JSON body of the operation, unless it has one.
 *
 * @returns the fields without an example
 */
function addExamples(operation: Operation, schemas: Readonly<Record<string, Schema>>): string[] {
  const missing: string[] = [];
  for (const body of [operation.requestBody, ...Object.values(operation.responses)]) {
    const json = body?.content?.['application/json'];
    if (json?.schema && json.example === undefined && json.examples === undefined) {
      json.example = exampleOf(json.schema, { schemas, path: operation.operationId ?? '', missing });
    }
  }
  return missing;
}
