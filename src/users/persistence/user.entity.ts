import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../../auth/index.js';

/** A user of the platform, or one of its back ends. Mirrors migrations/sql/users/users.sql. */
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
// Unique over lower(email) for users with a password, which TypeORM cannot express.
@Index('users_sign_in_email_key', { synchronize: false })
// A hash index, for the addresses in a page of a report; TypeORM supports only B-trees.
@Index('users_by_id_hash', { synchronize: false })
// Covers only partners and includes their addresses, which TypeORM cannot express.
@Index('users_partner_addresses', { synchronize: false })
// Over expressions, for searches, and over users with a special role.
@Index('users_search_by_id', { synchronize: false })
@Index('users_search_by_email', { synchronize: false })
@Index('users_search_by_name', { synchronize: false })
@Index('users_search_by_last_word', { synchronize: false })
@Index('users_with_special_roles', { synchronize: false })
export class UserEntity {
  /** The platform's own id of the user. */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'users_pkey' })
  id: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  name: string | null;

  /** The user's roles, in the order of `ROLES`, each once. */
  @Column('text', { array: true })
  roles: Role[];

  /** argon2id in PHC format; null if the user has no password here. Read only to check a password. */
  @Column('text', { name: 'password_hash', nullable: true, select: false })
  passwordHash: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  readonly createdAt: string;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  readonly updatedAt: string;

  /** When the user was anonymised; only the id and the ledger are left then. Null for all other users. */
  @Column('timestamptz', { name: 'anonymised_at', nullable: true })
  readonly anonymisedAt: string | null;
}
