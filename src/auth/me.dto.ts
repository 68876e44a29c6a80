import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../domain/index.js';

/** Who the caller is, as its token says. */
export class MeResponseDto {
  /** The token's `sub`: the user's id on the platform. */
  @ApiProperty({ type: 'string', example: 'partner_7' })
  id: string;

  /** The roles of the token that this service knows; may be empty. */
  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...ROLES], title: 'Role' },
    example: ['partner'],
  })
  roles: Role[];

  /** Whose modules are the caller's own; null without the role `partner`. */
  @ApiProperty({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId: string | null;

  /** Whether revenue is the caller's own (role `partner` or claim `partnerId`), so that it may write no money. */
  @ApiProperty({ type: 'boolean', example: true })
  earns: boolean;
}
