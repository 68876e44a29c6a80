import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

/** How the platform is named and shown. */
@ApiSchema({ name: 'PlatformBrand' })
export class PlatformBrandDto {
  /** The name of the platform (`PLATFORM_NAME`). */
  @ApiProperty({ type: 'string', example: 'Module Revenue' })
  name: string;

  /** Path of the logo at this service, readable without a token; null if there is none (`PLATFORM_LOGO`). */
  @ApiProperty({ type: 'string', nullable: true, example: '/page/platform-logo.svg' })
  logo: string | null;

  /** The platform's colour, `#rrggbb` in small letters; null if none is set (`PLATFORM_ACCENT`). */
  @ApiProperty({ type: 'string', nullable: true, example: '#0a7d5a' })
  accent: string | null;
}

/** The local days between which the caller has deployments, with or without revenue. */
@ApiSchema({ name: 'DeploymentDays' })
export class DeploymentDaysDto {
  /** The local day of the first deployment, in `timeZone`; null if the caller can see none. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-06-01' })
  firstDay: string | null;

  /** The local day of the last deployment, in `timeZone`; null if the caller can see none. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2026-05-31' })
  lastDay: string | null;
}

/** The platform's settings, as far as the caller can see them. */
export class SettingsResponseDto {
  @ApiProperty({ type: PlatformBrandDto })
  platform: PlatformBrandDto;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  /** Places of the currency's smallest unit (ISO 4217): 0, 2 or 3. Amounts can have more digits. */
  @ApiProperty({ type: 'integer', example: 2 })
  currencyPlaces: number;

  /** IANA name of the zone for requests without `timeZone`. */
  @ApiProperty({ type: 'string', example: 'UTC' })
  timeZone: string;

  /** Only for partner, finance and admin: the partners' percentage of gross revenue. */
  @ApiPropertyOptional({ type: 'string', example: '30' })
  partnerRevenueShare?: string;

  /** Partners: of their own modules; finance and admin: of all modules; others: none. */
  @ApiProperty({ type: DeploymentDaysDto })
  deployments: DeploymentDaysDto;

  /** Whether users with a password sign in at this service; false: they sign in at an identity provider. */
  @ApiProperty({ type: 'boolean', example: true })
  signsInHere: boolean;
}
