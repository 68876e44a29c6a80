import { DocumentBuilder, type OpenAPIObject } from '@nestjs/swagger';
import { SERVICE_VERSION } from '../config/index.js';
import { routesOf, type Operation } from './schemas.js';

const DESCRIPTION = [
  'What each partner truly earned from module deployments, from exact credit lots, and why.',
  '',
  'Credits and money are decimal strings, never numbers. Instants are ISO 8601 with an offset; answers are in UTC.',
  'Errors are `application/problem+json` (RFC 9457) with a stable `code`. Unknown fields and parameters are refused.',
].join('\n');

/** What the routes of each tag are about. A tag without a line here is refused. */
const TAGS: Readonly<Record<string, string>> = {
  audit: 'Who changed what, and who was refused.',
  auth: 'Sign in, and ask who the caller is.',
  credits: 'Awards, purchases and spends of credits; balances and histories.',
  deployments: 'Deploy modules, record deployments, and give them back.',
  imports: 'Take in a whole history.',
  modules: 'The catalogue of modules that can be deployed.',
  operation: 'Health and metrics, for those who run the service.',
  revenue: 'What modules earned, in rows and in sums, and why.',
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
        description: 'A JSON Web Token of the platform, or one that `login` gave.',
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
 * Describes the tags that routes have, and says of each route who may call it.
 *
 * @returns a sentence for each route with a tag that has no description
 */
export function completeOutline(document: OpenAPIObject): string[] {
  const used = new Set<string>();
  const faults: string[] = [];
  for (const { path, operation } of routesOf(document)) {
    operation.security ??= [];
    operation.description = [operation.description, whoMayCall(operation)].filter(Boolean).join('\n\n');
    const [tag = ''] = operation.tags ?? [];
    if (TAGS[tag] === undefined)
      faults.push(`${path} has no tag that document-outline.ts describes: "${tag}"`);
    used.add(tag);
  }
  document.tags = Object.entries(TAGS)
    .filter(([name]) => used.has(name))
    .map(([name, description]) => ({ name, description }));
  return faults;
}

function whoMayCall({ security = [], 'x-roles': roles }: Operation): string {
  if (security.length === 0) return 'No access token is needed.';
  if (roles === undefined) return 'For everyone with a valid token.';
  return `For the roles ${roles.map((role) => `\`${role}\``).join(', ')}.`;
}
