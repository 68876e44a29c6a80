import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../../auth/index.js';

/** A person of the platform, or a back end of it. Mirrors migrations/sql/users/users.sql. */
@Entity('users')
@Check('users_id_is_platform_id', `id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'`)
@Check('users_email_is_address', `position('@' IN email) > 1 AND char_length(email) <= 254`)
@Check('users_name_length', 'char_length(name) BETWEEN 1 AND 200')
@Check('users_roles_are_known', `roles <@ ARRAY['user', 'partner', 'finance', 'admin', 'platform']`)
@Check('users_password_needs_email', 'password_hash IS NULL OR email IS NOT NULL')
@Check(
  'users_anonymised_are_blank',
  'anonymised_at IS NULL OR (email IS NULL AND name IS NULL AND password_hash IS NULL)',
)
// Unique over lower(email) where there is a password, which TypeORM cannot express.
@Index('users_sign_in_email_key', { synchronize: false })
// A hash index, for the addresses in a page of a report; TypeORM knows only trees.
@Index('users_by_id_hash', { synchronize: false })
// Of partners alone and with their addresses, which TypeORM cannot express.
@Index('users_partner_addresses', { synchronize: false })
export class UserEntity {
  /** The platform's own id of the person. */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'users_pkey' })
  id: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  name: string | null;

  /** What the person may do, in the order of `ROLES`, each once. */
  @Column('text', { array: true })
  roles: Role[];

  /** argon2id, in PHC format; null: the person does not sign in here. Read only where a password is checked. */
  @Column('text', { name: 'password_hash', nullable: true, select: false })
  passwordHash: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  readonly createdAt: string;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  readonly updatedAt: string;

  /** Not null: the person was erased, and only the id and its ledger are left. */
  @Column('timestamptz', { name: 'anonymised_at', nullable: true })
  readonly anonymisedAt: string | null;
}
