import { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { createLogger, NestLogger, requestLogging, type LoggerOptions } from './index.js';

function capture(): { to: Writable; lines: () => string[] } {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { to, lines: () => lines };
}

function loggerFor(format: LoggerOptions['format'], to: Writable): ReturnType<typeof createLogger> {
  return createLogger({ level: 'info', format, to });
}

describe('the log', () => {
  it('is one readable line in text format', () => {
    const { to, lines } = capture();
    new NestLogger(loggerFor('text', to)).warn('Not ready.', 'HealthController');
    expect(lines().join('')).toMatch(/^\d\d:\d\d:\d\d warn {2}HealthController: Not ready\.\n$/);
  });

  it('contains an error with its stack, but none of its other properties', () => {
    const { to, lines } = capture();
    const error = Object.assign(new Error('duplicate key'), { code: '23505', parameters: ['a@example.com'] });
    new NestLogger(loggerFor('json', to)).error({ err: error, requestId: 'r1' }, 'ProblemFilter');
    const record = JSON.parse(lines().join('')) as { err: object };
    expect(record).toMatchObject({ level: 'error', context: 'ProblemFilter', requestId: 'r1' });
    expect(Object.keys(record.err).sort()).toEqual(['code', 'message', 'stack', 'type']);
    expect(lines().join('')).not.toContain('example.com');
  });

  it('shows messages about the wiring of Nest only at level debug', () => {
    const { to, lines } = capture();
    const logger = new NestLogger(loggerFor('text', to));
    logger.log('AppModule dependencies initialized', 'InstanceLoader');
    logger.log('kept', 'Other');
    expect(lines()).toEqual([expect.stringContaining('Other: kept')]);
  });

  it('has the request id on every line of a request, but no headers or parameters', () => {
    const { to, lines } = capture();
    const logger = loggerFor('json', to);
    const request = new IncomingMessage(new Socket());
    Object.assign(request, {
      method: 'GET',
      url: '/api/revenue?token=abc',
      originalUrl: '/api/revenue?token=abc',
    });
    request.headers = { authorization: 'Bearer abc', 'x-request-id': 'my-request' };
    const response = new ServerResponse(request);
    const failure = Object.assign(new Error('duplicate key'), { parameters: ['a@example.com'] });
    requestLogging(logger, 'info')(request, response, () => {
      new NestLogger(logger).log('inside', 'Feature');
      new NestLogger(logger).error({ err: failure, requestId: 'my-request' }, 'ProblemFilter');
    });
    new NestLogger(logger).log('outside', 'Feature');
    (response as EventEmitter).emit('finish');
    const [inside, failed, outside, answered] = lines().map((line) => JSON.parse(line) as object);
    expect(inside).toMatchObject({ msg: 'inside', requestId: 'my-request' });
    expect(failed).toMatchObject({ err: { message: 'duplicate key' }, requestId: 'my-request' });
    expect(lines().join('')).not.toContain('a@example.com');
    expect(outside).not.toHaveProperty('requestId');
    expect(answered).toMatchObject({
      method: 'GET',
      path: '/api/revenue',
      status: 200,
      requestId: 'my-request',
    });
    expect(lines().join('')).not.toContain('abc');
  });
});
