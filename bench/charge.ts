// Charges per second through the service's own code without HTTP, as a ratio to the least that any charge could cost.
// npm run build && npm run bench:charge -- [--seconds 2] [--rounds 5] [--clients 16,64]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureChargeRates, type ChargeRates } from './charge-rates.js';
import { ChargingService } from './charging-service.js';
import { RESULTS } from './folders.js';
import { machineFacts } from './machine.js';
import { writeJson } from './results.js';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    clients: { type: 'string', default: '16,64' },
    out: { type: 'string', default: join(RESULTS, 'charge.json') },
  },
});
const machine = machineFacts();
const folder = mkdtempSync(join(tmpdir(), 'bench-charge-'));
let service: ChargingService | undefined;
try {
  service = await ChargingService.open(folder);
  const results: ({ clients: number } & ChargeRates)[] = [];
  for (const clients of options.clients.split(',').map(Number)) {
    const load = { clients, rounds: Number(options.rounds), seconds: Number(options.seconds) };
    results.push({ clients, ...(await measureChargeRates(service, load)) });
  }
  console.table(results);
  const clean = await service.isClean();
  console.log(`verify ${clean ? 'clean' : 'FOUND DIFFERENCES'}`);
  writeJson(options.out, { machine, options: { ...options, out: undefined }, clean, results });
  if (!clean) process.exitCode = 1;
} finally {
  await service?.close();
  rmSync(folder, { recursive: true, force: true });
}
