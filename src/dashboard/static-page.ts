import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type Application, type RequestHandler, type Response } from 'express';
import { logoPath, type Brand } from '../platform/config/index.js';
import { AREA_PATHS } from './area-paths.js';

/** The folder of the page as the build bundles it. The sources, which run in tests, have it in `dist`. */
const PAGE_FOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/src/dashboard/page' : './page', import.meta.url),
);

/**
 * Serves the page at `/` and at the addresses of its areas, and its files under `/page/`, compressed and with an ETag.
 * Browsers store the files and revalidate each time, so that a new version is never mixed with an old one. Other
 * addresses do not change: unknown files answer 404, like unknown routes. The platform's name, logo and colour are among
 * them, for users who have not signed in yet.
 */
export function servePage(app: Application, brand: Brand): void {
  const page = filesOf(PAGE_FOLDER);
  const compressed = compression();
  app.get('/', compressed, as(page, '/index.html'));
  app.get(AREA_PATHS, compressed, indexBelow());
  const { logo } = brand;
  const path = logoPath(brand);
  if (logo !== null && path !== null) {
    app.get(path, compressed, (_request, response) => {
      allowKeeping(response);
      response.type(logo.extension).send(logo.content);
    });
  }
  app.get('/page/platform.json', (_request, response) => {
    allowKeeping(response);
    response.json({ name: brand.name, logo: path, accent: brand.accent });
  });
  app.get(/^\/page\/.+\.(js|css|svg)$/, compressed, as(page, null));
}

function filesOf(folder: string): RequestHandler {
  return express.static(folder, {
    index: false,
    redirect: false,
    acceptRanges: false, // Files of this size are sent whole, without ranges.
    setHeaders: allowKeeping,
  });
}

/** Responses of the API are never cached; these files contain no user data. */
function allowKeeping(response: Response): void {
  response.setHeader('Cache-Control', 'no-cache');
}

/**
 * Serves the page at the address of an area. The page names its files relative to its own address, because a proxy may
 * serve the whole service below a path; one folder deeper they are one folder up.
 */
function indexBelow(): RequestHandler {
  const read = (): string => readFileSync(join(PAGE_FOLDER, 'index.html'), 'utf8');
  return (request, response) => {
    const up = '../'.repeat(request.path.split('/').length - 2);
    allowKeeping(response);
    response.type('html').send(read().replaceAll(/(?<=(?:href|src)=")(?=page\/|api\/)/g, up));
  };
}

/**
 * Serves one file under another name, or the file that an address below `/page` names. It uses `get` instead of `use`,
 * so that the router knows the methods of the address.
 *
 * @param name null: the part after `/page`
 */
function as(files: RequestHandler, name: string | null): RequestHandler {
  return (request, response, next) => {
    const { url } = request;
    request.url = name ?? url.slice('/page'.length);
    void files(request, response, (error?: unknown) => {
      request.url = url;
      next(error);
    });
  };
}
