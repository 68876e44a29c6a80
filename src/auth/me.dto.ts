import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../domain/index.js';

/** The caller, from the claims of the token. */
export class MeResponseDto {
  /** The token's `sub`: the user's id on the platform. */
  @ApiProperty({ type: 'string', example: 'partner_7' })
  id: string;

  /** The roles of the token that this service knows; can be empty. */
  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...ROLES], title: 'Role' },
    example: ['partner'],
  })
  roles: Role[];

  /** The partner whose modules the caller owns; null without the role `partner`. */
  @ApiProperty({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId: string | null;

  /** Whether the caller receives revenue (role `partner` or claim `partnerId`) and therefore cannot record money. */
  @ApiProperty({ type: 'boolean', example: true })
  earns: boolean;
}
