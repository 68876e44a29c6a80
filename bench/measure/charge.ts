import { measureChargeRates } from '../charge-rates.js';
import { ChargingService } from '../charging-service.js';
import type { Figures } from '../goals.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';

/** charge.*: charges of 16 clients beside bare transactions, in the data set's own database. */
export async function measureCharge({ large }: Bench): Promise<Figures> {
  const service = await ChargingService.open(large.folder);
  try {
    say('charge: 16 clients');
    const rates = await measureChargeRates(service, { clients: 16, rounds: 5, seconds: 3 });
    const { ratio, hot_vs_uniform, ...raw } = rates;
    return {
      'charge.vs_bare_16': { value: ratio, raw },
      'charge.hot_vs_uniform': { value: hot_vs_uniform, raw },
    };
  } finally {
    await service.close();
  }
}
