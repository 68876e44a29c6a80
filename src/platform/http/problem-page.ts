import type { Request } from 'express';
import type { ProblemDocument } from '../problem/index.js';

const PAGE_TYPE = 'text/html';
/** Addresses for programs; all others are for people. */
const FOR_PROGRAMS = /^\/(?:api|metrics)(?:\/|$)/;

/** Whether a person opened the address in a browser, so that the answer should be a page and not JSON. */
export function wantsPage(request: Request): boolean {
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    !FOR_PROGRAMS.test(request.path) &&
    request.accepts(['json', PAGE_TYPE]) === PAGE_TYPE
  );
}

/** A problem as a page that needs no other file. */
export function problemPage({ title, detail, requestId }: ProblemDocument): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title>`,
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(detail)}</p>`,
    '<p><a href="/">Go to the start of Module Revenue</a></p>',
    `<p><small>Request ${escaped(requestId)}</small></p>`,
    '</html>',
    '',
  ].join('\n');
}

/** Media type of a problem's page. */
export const PROBLEM_PAGE_TYPE = `${PAGE_TYPE}; charset=utf-8`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
