import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../../auth/index.js';
import { PageResponseDto } from '../../platform/paging/index.js';
import type { User } from '../user.js';

/** A person of the platform. */
export class UserResponseDto implements User {
  /** The platform's own id of the person. */
  @ApiProperty({ type: 'string', example: 'usr_42' })
  id: string;

  /** Null: not known. */
  @ApiProperty({ type: 'string', nullable: true, example: 'ada@example.com' })
  email: string | null;

  /** Null: not known. */
  @ApiProperty({ type: 'string', nullable: true, example: 'Ada Lovelace' })
  name: string | null;

  /** What the person may do when it signs in here; tokens of an identity provider carry their own. */
  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLES] }, example: ['user', 'partner'] })
  roles: Role[];
}

/** A part of the list of people, by id. */
export class UserListResponseDto {
  @ApiProperty({ type: [UserResponseDto] })
  data: UserResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
