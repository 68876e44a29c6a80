import { type DynamicModule, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { documentProblems } from './document-problems.js';
import { exampleOf } from './examples.js';
import { PROBLEM_SCHEMA, PROBLEM_SCHEMA_NAME } from './problem-response.js';

type Components = NonNullable<OpenAPIObject['components']>;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Content = NonNullable<Extract<Operation['requestBody'], { content: unknown }>>['content'];

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const API_VERSION = '1.0.0';
const DESCRIPTION = [
  'What each partner truly earned from module deployments, from exact credit lots, and why.',
  '',
  'Credits and money are decimal strings, never numbers. Instants are ISO 8601 with an offset; answers are in UTC.',
  'Errors are `application/problem+json` (RFC 9457) with a stable `code`. Unknown fields and parameters are refused.',
].join('\n');

/** Describes all routes of an application; the same for the served document and for the file `openapi.json`. */
export function buildOpenApiDocument(app: INestApplication): OpenAPIObject {
  return describe(app).document;
}

/** A document, and what it lacks: that is for its authors, not for those who read it. */
interface Description {
  readonly document: OpenAPIObject;
  readonly missingExamples: readonly string[];
}

function describe(app: INestApplication): Description {
  const base = new DocumentBuilder()
    .setTitle('Partner module revenue')
    .setDescription(DESCRIPTION)
    .setVersion(API_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').replace(/^./, (letter) => letter.toLowerCase())}_${method}`,
  });
  const components: Components = document.components ?? {};
  document.components = {
    ...components,
    schemas: { ...components.schemas, [PROBLEM_SCHEMA_NAME]: structuredClone(PROBLEM_SCHEMA) as never },
  };
  const missingExamples: string[] = [];
  for (const operation of operationsOf(document)) {
    documentProblems(operation);
    splitSummary(operation);
    missingExamples.push(...addExamples(operation, document.components));
  }
  return { document, missingExamples };
}

/**
 * Describes the routes of a module without starting anything that it stands on: no provider is made, so neither a
 * database nor settings are needed.
 *
 * @throws Error that names every field of which the document could show no example
 */
export async function describeModule(module: Type | DynamicModule): Promise<OpenAPIObject> {
  const app = await NestFactory.create(module, { preview: true, logger: false, abortOnError: false });
  try {
    const { document, missingExamples } = describe(app);
    if (missingExamples.length > 0) {
      throw new Error(`Give these an example where they are declared: ${missingExamples.join(', ')}`);
    }
    return document;
  } finally {
    await app.close();
  }
}

/** The text of `openapi.json`: stable, so that a difference is a change of the contract. */
export function openApiText(document: OpenAPIObject): string {
  const paths = Object.entries(document.paths).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${JSON.stringify({ ...document, paths: Object.fromEntries(paths) }, null, 2)}\n`;
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap((path) =>
    METHODS.map((method) => path[method]).filter((operation) => operation !== undefined),
  );
}

/** The compiler plugin puts a method's whole comment into the summary, which lists of routes show in one line. */
function splitSummary(operation: Operation): void {
  const [first = '', ...rest] = (operation.summary ?? '').replaceAll('\n', ' ').split(/(?<=\.) (?=[A-Z`])/);
  if (rest.length > 0) {
    operation.summary = first;
    operation.description = rest.join(' ');
  }
}

/**
 * Gives each JSON body of the operation a whole example, unless it has one.
 *
 * @returns the fields that have none
 */
function addExamples(operation: Operation, components: Components): string[] {
  const missing: string[] = [];
  const bodies = [operation.requestBody, ...Object.values(operation.responses)];
  for (const body of bodies) {
    const content = (body as { content?: Content } | undefined)?.content;
    const json = content?.['application/json'];
    if (json?.schema && json.example === undefined && json.examples === undefined) {
      json.example = exampleOf(json.schema, { components, path: operation.operationId ?? '', missing });
    }
  }
  return missing;
}
