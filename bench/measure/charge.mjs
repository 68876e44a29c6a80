import { ChargingService, measureCharges } from '../charges.mjs';
import { say } from '../terminal.mjs';

/** charge.*: charges of 16 clients beside bare transactions, in the data set's own database. */
export async function measureCharge({ large }) {
  const service = await ChargingService.open(large.folder);
  try {
    say('charge: 16 clients');
    const [figures] = await measureCharges(service, { clients: [16], rounds: 5, seconds: 3 });
    const { ratio, hot_vs_uniform, ...raw } = figures;
    return {
      'charge.vs_bare_16': { value: ratio, raw },
      'charge.hot_vs_uniform': { value: hot_vs_uniform, raw },
    };
  } finally {
    await service.close();
  }
}
