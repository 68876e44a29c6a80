import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { microsFromNumeric } from '../domain/index.js';
import type { KnownPurchase } from './stripe/stripe-conversion.js';

/** Finds purchases that are recorded, for refunds of payments of earlier files. */
@Injectable()
export class RecordedPurchases {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns by externalId; those that are not recorded are missing */
  async find(externalIds: readonly string[]): Promise<Map<string, KnownPurchase>> {
    const rows = await this.dataSource.query<{ id: string; credits: string; total: string }[]>(
      `SELECT id, credits, amount + COALESCE(tax, 0) AS total FROM credit_entries
       WHERE type = 'purchase' AND id = ANY ($1)`,
      [externalIds],
    );
    return new Map(
      rows.map(({ id, credits, total }) => [
        id,
        { credits: microsFromNumeric(credits), total: microsFromNumeric(total) },
      ]),
    );
  }
}
