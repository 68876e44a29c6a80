import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type Application, type RequestHandler, type Response } from 'express';

/** The folder of the page's files; beside the compiled code the build makes fewer and smaller ones of them. */
const PAGE_FOLDER = fileURLToPath(new URL('./page', import.meta.url));

/** The chart library's folder, as its package ships it. */
const CHART_FOLDER = dirname(createRequire(import.meta.url).resolve('uplot'));

/**
 * Serves the page at `/` and its files under `/page/`, compressed and with an ETag. Browsers keep them and ask each
 * time whether they are still good, so that a new version is never mixed with an old one. Every other address stays
 * what it was: unknown files answer 404 like unknown routes.
 */
export function servePage(app: Application): void {
  const [page, chart] = [filesOf(PAGE_FOLDER), filesOf(CHART_FOLDER)];
  const compressed = compression();
  app.get('/', compressed, as(page, '/index.html'));
  app.get('/page/vendor/uplot.js', compressed, as(chart, '/uPlot.iife.min.js'));
  app.get('/page/vendor/uplot.css', compressed, as(chart, '/uPlot.min.css'));
  app.get(/^\/page\/.+\.(js|css|svg)$/, compressed, as(page, null));
}

function filesOf(folder: string): RequestHandler {
  return express.static(folder, {
    index: false,
    redirect: false,
    acceptRanges: false, // files this small are taken whole
    setHeaders: allowKeeping,
  });
}

/** The service's own answers are never kept; these hold nothing of anybody. */
function allowKeeping(response: Response): void {
  response.setHeader('Cache-Control', 'no-cache');
}

/**
 * Serves one file under another name, or the file that an address below `/page` names. Unlike `use`, `get` lets the
 * router know which methods an address takes.
 *
 * @param name null: what follows `/page`
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
