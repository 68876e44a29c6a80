import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, DataSource, type EntityManager } from 'typeorm';
import { PersonalTextEntity } from './persistence/personal-text.entity.js';

/** A free text about a person, and what it stands on. */
export interface PersonalText {
  readonly userId: string;
  /** Which of the source's things: an entry's id, say. */
  readonly sourceId: string;
  /** 1 to 1,000 characters. */
  readonly text: string;
}

/**
 * Keeps the free texts of every feature, such as the reason of a refund, where erasing a person finds them. Features
 * name themselves as the `source`, such as `refund`, and give them in their own transaction.
 */
@Injectable()
export class PersonalTexts {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Keeps texts that are new: one that is there stays, and one about somebody anonymised is dropped.
   *
   * @param texts at most 5,000; their users are recorded
   * @param manager of the transaction that writes what the texts stand on
   */
  async recordMany(source: string, texts: readonly PersonalText[], manager: EntityManager): Promise<void> {
    if (texts.length === 0) return;
    // The share lock keeps an anonymisation in flight from missing a text that is being written.
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

  /** The texts that are kept, by source id. */
  async find(
    source: string,
    sourceIds: readonly string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, string>> {
    const rows = await manager.findBy(PersonalTextEntity, { source, sourceId: Any(sourceIds) });
    return new Map(rows.map((row) => [row.sourceId, row.text]));
  }

  /** All that is kept about a person: per source, by source id. */
  async about(userId: string, manager: EntityManager): Promise<Map<string, Map<string, string>>> {
    const rows = await manager.findBy(PersonalTextEntity, { userId });
    const texts = new Map<string, Map<string, string>>();
    for (const { source, sourceId, text } of rows) {
      const ofSource = texts.get(source) ?? new Map<string, string>();
      texts.set(source, ofSource.set(sourceId, text));
    }
    return texts;
  }

  /** Forgets all that is kept about a person, as that person is erased. Its row among the users is locked by then. */
  async forget(userId: string, manager: EntityManager): Promise<void> {
    await manager.delete(PersonalTextEntity, { userId });
  }
}
