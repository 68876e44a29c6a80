import { isIP } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, Min, registerDecorator } from 'class-validator';
import { ROLES, type Role } from '../../domain/index.js';
import { accentColour, logoFile, platformName, PLATFORM_NAME_DEFAULT } from './brand.js';
import { databaseAddressComplaint } from './database-address.js';
import { ENVIRONMENTS, LOG_LEVELS, type Environment, type LogLevel } from './config.js';

/** Validates one variable's text. `complaintAbout` returns what is wrong as the end of a sentence, or null. */
function Check(complaintAbout: (text: string) => string | null): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: complaintAbout.name,
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value) => typeof value === 'string' && complaintAbout(value) === null,
        defaultMessage: (check) => `${check?.property} ${complaintAbout(String(check?.value))}`,
      },
    });
  };
}

/** A whole number in digits only. */
function WholeNumber(name: string, min: number, max: number): PropertyDecorator {
  const message = `${name} must be a whole number from ${min} to ${max}`;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      /^\d{1,5}$/.test(String(value)) ? Number(value) : Number.NaN,
    ),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

function urlWithScheme(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol);
}

function databaseUrls(text: string): string | null {
  const urls = splitList(text);
  // The addresses contain passwords, so messages name the position instead of the text.
  for (const [index, url] of urls.entries()) {
    const complaint = databaseAddressComplaint(url);
    if (complaint === null) continue;
    return complaint.startsWith('must')
      ? `has no valid address at position ${index + 1}; write postgres://user:password@host:5432/database, separated by commas (write a comma inside an address as %2C)`
      : `${complaint}, at position ${index + 1}`;
  }
  const hosts = urls.map((url) => new URL(url).host);
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  return twice === undefined ? null : `contains ${twice} twice`;
}

function jwksUri(text: string): string | null {
  return urlWithScheme(text, ['https:', 'http:']) ? null : 'must be the https address of a JSON Web Key Set';
}

function secret(text: string): string | null {
  const bytes = Buffer.byteLength(text);
  if (bytes >= 32) return null;
  return `has ${bytes} bytes; it needs at least 32. Generate one with: openssl rand -base64 48`;
}

/** RFC 6750, 2.1. The minimum length makes tokens hard to guess. */
function bearerToken(text: string): string | null {
  return /^[A-Za-z0-9._~+/-]{16,}=*$/.test(text)
    ? null
    : 'must have at least 16 letters, digits or - . _ ~ + /; generate one with: openssl rand -hex 24';
}

export function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** A claim and its role. The claim can contain `=`, because some claim names are addresses. */
const ROLE_FLAG = new RegExp(`^(?<claim>.+)=(?<role>${ROLES.join('|')})$`);

/** The claims and roles of a valid AUTH_ROLE_FLAGS. */
export function roleFlagsOf(text: string | undefined): { claim: string; role: Role }[] {
  return splitList(text).map((item) => {
    const { claim = '', role = '' } = ROLE_FLAG.exec(item)?.groups ?? {};
    return { claim: claim.trim(), role: role as Role };
  });
}

function roleFlags(text: string): string | null {
  const wrong = splitList(text).find((item) => !ROLE_FLAG.test(item));
  if (wrong === undefined) return null;
  return `contains "${wrong}"; write claims and roles (${ROLES.join(', ')}), as in isPartner=partner,isAdmin=admin`;
}

function origins(text: string): string | null {
  const wrong = splitList(text).find((item) => !URL.canParse(item) || new URL(item).origin !== item);
  return wrong === undefined
    ? null
    : `contains "${wrong}", which is not an origin; write https://app.example.com, without a path`;
}

const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal'];

function proxies(text: string): string | null {
  const wrong = splitList(text).find((item) => {
    if (NAMED_RANGES.includes(item)) return false;
    const [address = '', bits, ...rest] = item.split('/');
    const family = isIP(address);
    const bitsAreFine =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
    return family === 0 || !bitsAreFine || rest.length > 0;
  });
  return wrong === undefined
    ? null
    : `contains "${wrong}"; write addresses, CIDR ranges or ${NAMED_RANGES.join(', ')}`;
}

/** The environment variables and their checks; empty variables count as absent. */
export class EnvironmentVariables {
  @IsIn(ENVIRONMENTS, { message: `NODE_ENV must be one of ${ENVIRONMENTS.join(', ')}` })
  NODE_ENV: Environment = 'development';

  @WholeNumber('PORT', 0, 65_535)
  PORT: number = 3000;

  @IsString()
  DATA_DIR: string = './data';

  @IsOptional()
  @Check(databaseAddressComplaint)
  DATABASE_URL?: string;

  @IsOptional()
  @Check(databaseAddressComplaint)
  DATABASE_OWNER_URL?: string;

  @IsOptional()
  @Check(databaseUrls)
  DATABASE_REPLICA_URLS?: string;

  @Transform(({ value }: { value: unknown }) =>
    /^\d{1,4}$/.test(String(value)) ? Number(value) : Number.NaN,
  )
  @IsInt({ message: 'DATABASE_WAIT_SECONDS must be a whole number from 0 to 3600' })
  @Min(0, { message: 'DATABASE_WAIT_SECONDS must be a whole number from 0 to 3600' })
  @Max(3600, { message: 'DATABASE_WAIT_SECONDS must be a whole number from 0 to 3600' })
  DATABASE_WAIT_SECONDS: number = 60;

  @IsOptional()
  @Check(secret)
  AUTH_JWT_SECRET?: string;

  @IsOptional()
  @Check(jwksUri)
  AUTH_JWKS_URI?: string;

  @IsOptional()
  @IsString()
  AUTH_ISSUER?: string;

  @IsOptional()
  @IsString()
  AUTH_AUDIENCE?: string;

  @IsString()
  AUTH_ROLES_CLAIM: string = 'roles';

  @IsOptional()
  @Check(roleFlags)
  AUTH_ROLE_FLAGS?: string;

  @IsOptional()
  @Check(origins)
  CORS_ORIGINS?: string;

  @IsOptional()
  @Check(proxies)
  TRUSTED_PROXIES?: string;

  @WholeNumber('TRANSFER_STALL_SECONDS', 1, 600)
  TRANSFER_STALL_SECONDS: number = 30;

  @WholeNumber('EXPORT_MAX_SECONDS', 1, 86_400)
  EXPORT_MAX_SECONDS: number = 3_600;

  @Check(platformName)
  PLATFORM_NAME: string = PLATFORM_NAME_DEFAULT;

  @IsOptional()
  @Check(logoFile)
  PLATFORM_LOGO?: string;

  @IsOptional()
  @Check(accentColour)
  PLATFORM_ACCENT?: string;

  @IsIn(LOG_LEVELS, { message: `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}` })
  LOG_LEVEL: LogLevel = 'info';

  @IsOptional()
  @Check(bearerToken)
  METRICS_TOKEN?: string;

  @IsOptional()
  @IsIn(['on', 'off'], { message: 'API_DOCS must be on or off' })
  API_DOCS?: 'on' | 'off';

  @WholeNumber('SHUTDOWN_GRACE_SECONDS', 0, 300)
  SHUTDOWN_GRACE_SECONDS: number = 3;
}

/** Names of all variables that the service reads. */
export const VARIABLE_NAMES = [
  'NODE_ENV',
  'PORT',
  'DATA_DIR',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'DATABASE_REPLICA_URLS',
  'DATABASE_WAIT_SECONDS',
  'AUTH_JWT_SECRET',
  'AUTH_JWKS_URI',
  'AUTH_ISSUER',
  'AUTH_AUDIENCE',
  'AUTH_ROLES_CLAIM',
  'AUTH_ROLE_FLAGS',
  'CORS_ORIGINS',
  'TRUSTED_PROXIES',
  'TRANSFER_STALL_SECONDS',
  'EXPORT_MAX_SECONDS',
  'PLATFORM_NAME',
  'PLATFORM_LOGO',
  'PLATFORM_ACCENT',
  'LOG_LEVEL',
  'METRICS_TOKEN',
  'API_DOCS',
  'SHUTDOWN_GRACE_SECONDS',
] as const satisfies readonly (keyof EnvironmentVariables)[];
