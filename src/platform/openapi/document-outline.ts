import { DocumentBuilder, type OpenAPIObject } from '@nestjs/swagger';
import { SERVICE_VERSION } from '../config/index.js';
import { routesOf, type Operation } from './schemas.js';

const DESCRIPTION = [
  'What each partner truly earned from module deployments, computed from exact credit lots, with explanations.',
  '',
  'Credits and money are decimal strings, never numbers. Instants are ISO 8601 with an offset; answers are in UTC.',
  'Errors are `application/problem+json` (RFC 9457) with a stable `code`. Unknown fields and parameters are refused.',
].join('\n');

/** Description of each tag. A tag without a description is refused. */
const TAGS: Readonly<Record<string, string>> = {
  audit: 'The audit trail: changes and refused attempts.',
  auth: 'Sign in, and read the current caller.',
  credits: 'Awards, purchases and spends of credits; balances and histories.',
  deployments: 'Deploy modules, record deployments, and refund them.',
  imports: 'Import a whole history.',
  modules: 'The catalogue of modules that can be deployed.',
  operation: 'Health and metrics for operators.',
  revenue: 'What modules earned, as rows and sums, with explanations.',
  statements: 'Closed months: what each partner gets, why it changed later, and what was paid.',
  settings: 'The settings that a client needs to show figures.',
  signals: 'What a person should look at in a month: revenue and costs that are unusual.',
  users: 'People and their roles.',
  variables: 'The settings of the platform, and their history.',
};

/** The document without routes. */
export function documentOutline(): Omit<OpenAPIObject, 'paths'> {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Partner module revenue')
    .setDescription(DESCRIPTION)
    .setVersion(SERVICE_VERSION)
    .addServer('/', 'The host that serves this document.')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A JSON Web Token of the platform, or one that `login` returned.',
      },
      'bearer',
    )
    .build();
  Object.assign(outline.info, {
    license: { name: 'All rights reserved', identifier: 'LicenseRef-UNLICENSED' },
  });
  return outline;
}

/**
 * Adds the descriptions of used tags and the access rule of each route.
 *
 * @returns a sentence for each route with a tag without a description
 */
export function completeOutline(document: OpenAPIObject): string[] {
  const used = new Set<string>();
  const faults: string[] = [];
  for (const { path, operation } of routesOf(document)) {
    operation.security ??= [];
    operation.description = [operation.description, accessOf(operation)].filter(Boolean).join('\n\n');
    const [tag = ''] = operation.tags ?? [];
    if (TAGS[tag] === undefined)
      faults.push(`${path} has a tag without a description in document-outline.ts: "${tag}"`);
    used.add(tag);
  }
  document.tags = Object.entries(TAGS)
    .filter(([name]) => used.has(name))
    .map(([name, description]) => ({ name, description }));
  return faults;
}

function accessOf({ security = [], 'x-roles': roles }: Operation): string {
  if (security.length === 0) return 'No access token is needed.';
  if (roles === undefined) return 'For everyone with a valid token.';
  return `For the roles ${roles.map((role) => `\`${role}\``).join(', ')}.`;
}
