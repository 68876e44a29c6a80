import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, DataSource, type EntityManager } from 'typeorm';
import { PersonalTextEntity } from './persistence/personal-text.entity.js';

/** A free text about a user, and the record that it belongs to. */
export interface PersonalText {
  readonly userId: string;
  /** The id of the record, for example of an entry. */
  readonly sourceId: string;
  /** 1 to 1,000 characters. */
  readonly text: string;
}

/**
 * Stores the free texts of all features, such as the reason of a refund, so that they can be erased with a user. Each
 * feature passes its own `source`, such as `refund`, and writes in its own transaction.
 */
@Injectable()
export class PersonalTexts {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Stores new texts. Existing texts are not changed, and texts about anonymised users are dropped.
   *
   * @param texts at most 5,000; their users are recorded
   * @param manager of the transaction that writes the records of the texts
   */
  async recordMany(source: string, texts: readonly PersonalText[], manager: EntityManager): Promise<void> {
    if (texts.length === 0) return;
    // With the share lock, a concurrent anonymisation cannot miss a text that is being written.
    await manager.query(
      `INSERT INTO personal_texts (source, source_id, user_id, text)
       SELECT $1, input.source_id, users.id, input.text
       FROM unnest($2::text[], $3::text[], $4::text[]) AS input (source_id, user_id, text)
       JOIN users ON users.id = input.user_id
       WHERE users.anonymised_at IS NULL
       FOR SHARE OF users
       ON CONFLICT (source, source_id) DO NOTHING`,
      [
        source,
        texts.map((one) => one.sourceId),
        texts.map((one) => one.userId),
        texts.map((one) => one.text),
      ],
    );
  }

  /** Returns stored texts by source id. */
  async find(
    source: string,
    sourceIds: readonly string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, string>> {
    const rows = await manager.findBy(PersonalTextEntity, { source, sourceId: Any(sourceIds) });
    return new Map(rows.map((row) => [row.sourceId, row.text]));
  }

  /** Returns all texts about a user: by source, then by source id. */
  async about(userId: string, manager: EntityManager): Promise<Map<string, Map<string, string>>> {
    const rows = await manager.findBy(PersonalTextEntity, { userId });
    const texts = new Map<string, Map<string, string>>();
    for (const { source, sourceId, text } of rows) {
      const ofSource = texts.get(source) ?? new Map<string, string>();
      texts.set(source, ofSource.set(sourceId, text));
    }
    return texts;
  }

  /** Deletes all texts about a user who is anonymised. The caller has locked the user's row. */
  async forget(userId: string, manager: EntityManager): Promise<void> {
    await manager.delete(PersonalTextEntity, { userId });
  }
}
