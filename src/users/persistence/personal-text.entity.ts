import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** A free text about a user. Mirrors migrations/sql/users/personal_texts.sql. */
@Entity('personal_texts')
@Check('personal_texts_source_length', 'char_length(source) BETWEEN 1 AND 40')
@Check('personal_texts_source_id_length', 'char_length(source_id) BETWEEN 1 AND 200')
@Check('personal_texts_text_length', 'char_length(text) BETWEEN 1 AND 1000')
@Index('personal_texts_user_id_idx', ['userId'])
export class PersonalTextEntity {
  /** The kind of record that the text belongs to, such as `refund`; each feature has its own. */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'personal_texts_pkey' })
  source: string;

  /** The id of that record. */
  @PrimaryColumn('text', {
    name: 'source_id',
    collation: 'C',
    primaryKeyConstraintName: 'personal_texts_pkey',
  })
  sourceId: string;

  /** The user whom the text is about. It is deleted when the user is anonymised. */
  @ForeignKey(() => UserEntity, { name: 'personal_texts_user_id_fkey' })
  @Column({ type: 'text', name: 'user_id', collation: 'C' })
  userId: string;

  @Column('text')
  text: string;
}
