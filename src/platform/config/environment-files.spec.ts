import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { VARIABLE_NAMES } from './environment-variables.js';

const fileText = (name: string): string => readFileSync(resolve(__dirname, '../../..', name), 'utf8');

describe('the files that configure the service', () => {
  it('.env.example explains every variable, and none that nobody reads', () => {
    const explained = [...fileText('.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(explained.sort()).toEqual([...VARIABLE_NAMES, 'OWNER_PASSWORD', 'SERVICE_PASSWORD'].sort());
  });

  it('docker-compose.yml sets only variables that the service reads', () => {
    const [, environment = ''] =
      /init: true[\s\S]*?environment:\n((?: {6}\S.*\n)+)/.exec(fileText('docker-compose.yml')) ?? [];
    const set = [...environment.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name);
    expect(set).toContain('DATABASE_URL');
    expect(VARIABLE_NAMES).toEqual(expect.arrayContaining(set));
  });
});
