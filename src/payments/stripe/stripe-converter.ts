import { Injectable } from '@nestjs/common';
import { linesOf } from '../../credits/index.js';
import { VariablesService } from '../../variables/index.js';
import { RecordedPurchases } from '../recorded-purchases.js';
import { StripeConversion, type StripeConversionResult } from './stripe-conversion.js';
import type { StripeOptions } from './stripe-purchase.js';

/** Converts a file of Stripe's events, with the platform's currency and the purchases that are recorded. */
@Injectable()
export class StripeConverter {
  constructor(
    private readonly variables: VariablesService,
    private readonly recorded: RecordedPurchases,
  ) {}

  /** @param bytes Stripe's event objects, a line each */
  async convert(
    bytes: AsyncIterable<Uint8Array>,
    options: Omit<StripeOptions, 'currency'>,
  ): Promise<StripeConversionResult> {
    const { currency } = await this.variables.current();
    const conversion = new StripeConversion({ ...options, currency });
    for await (const { number, text, complaint } of linesOf(bytes)) {
      if (text !== null) conversion.add(number, text);
      else conversion.refuse(number, complaint === 'tooLong' ? 'is longer than 64 kB' : 'is not UTF-8');
    }
    return conversion.finish(await this.recorded.find(conversion.missingPurchases()));
  }
}
