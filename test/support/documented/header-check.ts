import { documentForTests } from './document-schemas.js';
import type { DocumentedAnswer } from './documented-routes.js';

/** Headers of HTTP itself, of browser security and of caches, with the same meaning in every service. */
const OF_EVERY_SERVICE: readonly RegExp[] = [
  /^(?:connection|content-encoding|content-length|content-type|date|keep-alive|transfer-encoding|vary)$/,
  /^(?:cache-control|accept-ranges|last-modified)$/,
  /^access-control-/,
  /^(?:content-security-policy|cross-origin-[a-z-]+|origin-agent-cluster|referrer-policy|strict-transport-security)$/,
  /^x-(?:content-type-options|dns-prefetch-control|download-options|frame-options|permitted-cross-domain-policies|xss-protection)$/,
];

/** Returns the headers that are missing, wrong, or not in the document. */
export function headerComplaints(headers: Headers, answer: DocumentedAnswer): string[] {
  const described = Object.entries(answer.headers ?? {}).map(([name, header]) => ({
    name: name.toLowerCase(),
    header: header.$ref === undefined ? header : resolve(header.$ref),
  }));
  const names = new Set(described.map(({ name }) => name));
  const unnamed = [...headers.keys()].filter(
    (name) => !names.has(name) && !OF_EVERY_SERVICE.some((pattern) => pattern.test(name)),
  );
  return [
    ...unnamed.map((name) => `the header ${name} is not named`),
    ...described.flatMap(({ name, header }) => complaintsOf(name, headers.get(name), header)),
  ];
}

interface DescribedHeader {
  readonly required?: boolean;
  readonly schema?: { readonly type?: string };
}

function complaintsOf(name: string, value: string | null, header: DescribedHeader): string[] {
  if (value === null) return header.required === true ? [`the header ${name} is missing`] : [];
  if (header.schema?.type === 'integer' && !/^\d+$/.test(value))
    return [`the header ${name}: ${value} is no number`];
  return [];
}

function resolve(ref: string): DescribedHeader {
  const { components } = documentForTests() as {
    components: { headers: Readonly<Record<string, DescribedHeader>> };
  };
  return components.headers[ref.slice('#/components/headers/'.length)] ?? {};
}
