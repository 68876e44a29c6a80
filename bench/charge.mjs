// Charges per second through the service's own code without HTTP, as a ratio to the least that any charge could cost.
// npm run build && npm run bench:charge -- [--seconds 2] [--rounds 5] [--clients 16,64]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ChargingService, measureCharges } from './charges.mjs';
import { machineFacts } from './machine.mjs';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    clients: { type: 'string', default: '16,64' },
    out: { type: 'string', default: join(import.meta.dirname, 'results', 'charge.json') },
  },
});
const machine = machineFacts();
const folder = mkdtempSync(join(tmpdir(), 'bench-charge-'));
let service;
try {
  service = await ChargingService.open(folder);
  const results = await measureCharges(service, {
    clients: options.clients.split(',').map(Number),
    rounds: Number(options.rounds),
    seconds: Number(options.seconds),
  });
  console.table(results);
  const clean = await service.isClean();
  console.log(`verify ${clean ? 'clean' : 'FOUND DIFFERENCES'}`);
  const measured = { machine, options: { ...options, out: undefined }, clean, results };
  writeFileSync(options.out, `${JSON.stringify(measured, null, 2)}\n`);
  if (!clean) process.exitCode = 1;
} finally {
  await service?.close();
  rmSync(folder, { recursive: true, force: true });
}
