import { isIP } from 'node:net';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, Min, registerDecorator } from 'class-validator';
import { ENVIRONMENTS, LOG_LEVELS, type Environment, type LogLevel } from './config.js';

/** A check of one variable's text; gives what is wrong with it as the end of a sentence, or null. */
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

function urlWithScheme(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol);
}

function databaseUrl(text: string): string | null {
  if (urlWithScheme(text, ['postgres:', 'postgresql:'])) return null;
  return 'must look like postgres://user:password@host:5432/database';
}

function databaseUrls(text: string): string | null {
  const urls = splitList(text);
  // The addresses hold passwords, so the place is told and not the text.
  const wrong = urls.findIndex((url) => databaseUrl(url) !== null);
  if (wrong >= 0) {
    return `has no address in place ${wrong + 1}; write postgres://user:password@host:5432/database, with commas between (a comma inside one is %2C)`;
  }
  const places = urls.map((url) => new URL(url).host);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  return twice === undefined ? null : `names ${twice} twice`;
}

function jwksUri(text: string): string | null {
  return urlWithScheme(text, ['https:', 'http:']) ? null : 'must be the https address of a JSON Web Key Set';
}

function secret(text: string): string | null {
  const bytes = Buffer.byteLength(text);
  if (bytes >= 32) return null;
  return `has ${bytes} bytes and needs at least 32; make one with: openssl rand -base64 48`;
}

export function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function origins(text: string): string | null {
  const wrong = splitList(text).find((item) => !URL.canParse(item) || new URL(item).origin !== item);
  return wrong === undefined
    ? null
    : `holds "${wrong}", which is no origin; write https://app.example.com, without a path`;
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
    : `holds "${wrong}"; write addresses, CIDR ranges or ${NAMED_RANGES.join(', ')}`;
}

/** The number that the text is, of at most so many digits; else NaN, which no check takes. */
function wholeNumber(text: unknown, maxDigits: number): number {
  const digits = String(text);
  return /^\d+$/.test(digits) && digits.length <= maxDigits ? Number(digits) : Number.NaN;
}

const SHUTDOWN_GRACE_COMPLAINT = 'SHUTDOWN_GRACE_SECONDS must be a whole number from 0 to 300';

/** The environment variables as they are written; empty ones count as absent. */
export class EnvironmentVariables {
  @IsIn(ENVIRONMENTS, { message: `NODE_ENV must be one of ${ENVIRONMENTS.join(', ')}` })
  NODE_ENV: Environment = 'development';

  @Transform(({ value }: { value: unknown }) => wholeNumber(value, 5))
  @IsInt({ message: 'PORT must be a whole number from 0 to 65535' })
  @Min(0, { message: 'PORT must be a whole number from 0 to 65535' })
  @Max(65535, { message: 'PORT must be a whole number from 0 to 65535' })
  PORT: number = 3000;

  @IsString()
  DATA_DIR: string = './data';

  @IsOptional()
  @Check(databaseUrl)
  DATABASE_URL?: string;

  @IsOptional()
  @Check(databaseUrl)
  DATABASE_OWNER_URL?: string;

  @IsOptional()
  @Check(databaseUrls)
  DATABASE_REPLICA_URLS?: string;

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
  @Check(origins)
  CORS_ORIGINS?: string;

  @IsOptional()
  @Check(proxies)
  TRUSTED_PROXIES?: string;

  @IsIn(LOG_LEVELS, { message: `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}` })
  LOG_LEVEL: LogLevel = 'info';

  @Transform(({ value }: { value: unknown }) => wholeNumber(value, 3))
  @IsInt({ message: SHUTDOWN_GRACE_COMPLAINT })
  @Min(0, { message: SHUTDOWN_GRACE_COMPLAINT })
  @Max(300, { message: SHUTDOWN_GRACE_COMPLAINT })
  SHUTDOWN_GRACE_SECONDS: number = 3;
}

/** The names of the variables that this service reads. */
export const VARIABLE_NAMES = [
  'NODE_ENV',
  'PORT',
  'DATA_DIR',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'DATABASE_REPLICA_URLS',
  'AUTH_JWT_SECRET',
  'AUTH_JWKS_URI',
  'AUTH_ISSUER',
  'AUTH_AUDIENCE',
  'AUTH_ROLES_CLAIM',
  'CORS_ORIGINS',
  'TRUSTED_PROXIES',
  'LOG_LEVEL',
  'SHUTDOWN_GRACE_SECONDS',
] as const satisfies readonly (keyof EnvironmentVariables)[];
