import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type Application, type RequestHandler, type Response } from 'express';
import { logoPath, type Brand } from '../platform/config/index.js';

/** The folder of the page's files. Next to the compiled code, it contains the bundles of the build. */
const PAGE_FOLDER = fileURLToPath(new URL('./page', import.meta.url));

/** The chart library's folder in its package. */
const CHART_FOLDER = dirname(createRequire(import.meta.url).resolve('uplot'));

/**
 * Serves the page at `/` and its files under `/page/`, compressed and with an ETag. Browsers store the files and
 * revalidate each time, so that a new version is never mixed with an old one. Other addresses do not change: unknown
 * files answer 404, like unknown routes. The platform's name, logo and colour are among them, for users who have not
 * signed in yet.
 */
export function servePage(app: Application, brand: Brand): void {
  const [page, chart] = [filesOf(PAGE_FOLDER), filesOf(CHART_FOLDER)];
  const compressed = compression();
  app.get('/', compressed, as(page, '/index.html'));
  app.get('/page/vendor/uplot.js', compressed, as(chart, '/uPlot.iife.min.js'));
  app.get('/page/vendor/uplot.css', compressed, as(chart, '/uPlot.min.css'));
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
