import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { SIGNAL_KINDS, type SignalKind } from './signal-kinds.js';

const MONTH = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])$/;

/** The month of the signals. */
export class SignalsQueryDto {
  /** In the variable `timeZone`; the last whole month if absent. */
  @IsOptional()
  @Matches(MONTH, { message: 'must be a month like "2026-05"' })
  @ApiPropertyOptional({ type: 'string', pattern: MONTH.source, example: '2026-05' })
  month?: string;
}

/** Something that a person should look at. It blocks nothing. */
export class SignalDto {
  /**
   * `reversedRevenue`: a purchase that was taken back in the month had paid for a partner's modules. `oneCustomer`: one
   * customer brought more than half of a partner's gross revenue of the month. `refundedInCircles`: a customer bought
   * credits and deployed a module, and three or more of these deployments, at least half, were refunded. `related`:
   * customer and partner have the same e-mail address, or addresses of one domain that is not a public mail service.
   * `costlierThanBefore`: a deployment cost more than twice the customer's previous deployment of the module.
   */
  @ApiProperty({ enum: SIGNAL_KINDS, enumName: 'SignalKind', example: 'oneCustomer' })
  kind: SignalKind;

  /** The signal in English, with its figures. */
  @ApiProperty({
    type: 'string',
    example: 'usr_42 brought 120 USD of the 150 USD that the modules of partner_7 earned in the month.',
  })
  sentence: string;

  /** The customer. */
  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** The partner of the modules. */
  @ApiProperty({ type: 'string', example: 'partner_7' })
  partnerId: string;

  /** Null if the signal is not about one module. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  moduleId: string | null;

  /** The figures by name; decimals are strings. Which ones there are depends on the kind. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { gross: '120', partnerGross: '150' },
  })
  figures: Record<string, string>;

  /** Deployments that show it, at most 20: those with the largest amounts, or the first ones. */
  @ApiProperty({ type: [String], example: ['dep_81'] })
  deploymentIds: string[];
}

/** Numbers of signals by kind. */
export class SignalCountsDto implements Record<SignalKind, number> {
  @ApiProperty({ type: 'integer', example: 0 })
  reversedRevenue: number;

  @ApiProperty({ type: 'integer', example: 1 })
  oneCustomer: number;

  @ApiProperty({ type: 'integer', example: 0 })
  refundedInCircles: number;

  @ApiProperty({ type: 'integer', example: 0 })
  related: number;

  @ApiProperty({ type: 'integer', example: 0 })
  costlierThanBefore: number;
}

/** The signals of a month. */
export class SignalsDto {
  @ApiProperty({ type: 'string', example: '2026-05' })
  month: string;

  /** IANA name of the zone of the month: the variable `timeZone`. */
  @ApiProperty({ type: 'string', example: 'UTC' })
  timeZone: string;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  /** At most 100 of each kind, the largest first. */
  @ApiProperty({ type: [SignalDto] })
  data: SignalDto[];

  /** Numbers of all signals, by kind. */
  @ApiProperty({ type: () => SignalCountsDto })
  counts: SignalCountsDto;

  /** The answer contains everything that was recorded until then. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  snapshotAt: string;
}
