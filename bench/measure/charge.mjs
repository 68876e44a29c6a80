import { join } from 'node:path';
import { ChargingService, measureCharges } from '../charges.mjs';
import { say } from '../terminal.mjs';

/** charge.*: charges of 16 clients beside bare transactions, on a database of their own. */
export async function measureCharge(bench) {
  const service = await ChargingService.open(join(bench.folder, 'charges'));
  try {
    say('charge: 16 clients');
    const [figures] = await measureCharges(service, { clients: [16], rounds: 5, seconds: 3 });
    if (!(await service.isClean())) throw new Error('verify found differences after the charges.');
    const { ratio, hot_vs_uniform, ...raw } = figures;
    return {
      'charge.vs_bare_16': { value: ratio, raw },
      'charge.hot_vs_uniform': { value: hot_vs_uniform, raw },
    };
  } finally {
    await service.close();
  }
}
