import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { VARIABLE_NAMES } from './environment-variables.js';

const fileText = (name: string): string => readFileSync(resolve(__dirname, '../../..', name), 'utf8');

describe('the files that configure the service', () => {
  it('.env.example explains exactly the variables that the service reads', () => {
    const explained = [...fileText('.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(explained.sort()).toEqual([...VARIABLE_NAMES, 'OWNER_PASSWORD', 'SERVICE_PASSWORD'].sort());
  });

  it('docker-compose.yml passes every variable on, except DATA_DIR, which it does not use', () => {
    const [, environment = ''] =
      /init: true[\s\S]*?environment:\n((?: {6}\S.*\n)+)/.exec(fileText('docker-compose.yml')) ?? [];
    const set = [...environment.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)];
    expect(set.map(([, name]) => name).sort()).toEqual(
      VARIABLE_NAMES.filter((name) => name !== 'DATA_DIR').sort(),
    );
    const handedOn = set.filter(([, name]) => !/^(?:NODE_ENV|PORT|DATABASE_)/.test(name as string));
    for (const [, name, value] of handedOn) expect(value).toBe(`\${${name}:-}`);
  });
});
