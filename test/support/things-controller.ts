import { Body, Controller, Get, Ip, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { Request, Response } from 'express';
import { QueryFailedError } from 'typeorm';
import { Access, ANY_ROLE, PUBLIC } from '../../src/auth/index.js';
import { BodyLimit, Produces, ReadsBodyStream } from '../../src/platform/http/index.js';
import { defineProblems, Problem } from '../../src/platform/problem/index.js';
import {
  IsBooleanParameter,
  IsDecimalString,
  IsInstantString,
  IsIntegerParameter,
  IsOneOf,
  IsPlatformId,
  IsText,
  Nullable,
  PlatformIdParam,
  Repeatable,
} from '../../src/platform/validation/index.js';

class PartDto {
  @IsText({ maxCharacters: 10 })
  label: string;

  @IsOptional()
  @IsText({ maxCharacters: 10 })
  note?: string;
}

class ThingDto {
  @IsPlatformId()
  id: string;

  @IsOptional()
  @IsDecimalString({ positive: true })
  credits?: string;

  @IsOptional()
  @IsInstantString()
  occurredAt?: string;

  @IsOptional()
  @IsText({ maxCharacters: 5, multiline: true })
  reason?: string;

  @IsOptional()
  @Nullable()
  @IsPlatformId()
  partnerId?: string | null;

  @IsOptional()
  @IsOneOf(['any', 'free'])
  pool?: string = 'any';

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => PartDto)
  parts?: PartDto[];
}

class SearchDto {
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: 500 })
  limit?: number = 50;

  @IsOptional()
  @IsBooleanParameter()
  mine?: boolean;

  @IsOptional()
  @Repeatable({ maxTimes: 3 })
  @IsPlatformId({ each: true })
  moduleId?: string[];

  @IsOptional()
  @IsText({ maxCharacters: 20 })
  q?: string;
}

const THINGS = defineProblems('THINGS', { BROKEN: { status: 409, title: 'The thing is broken' } });

/** Routes of every form that the HTTP edge supports, without functions of their own. */
@Controller('api/things')
@Access(ANY_ROLE)
export class ThingsController {
  @Post()
  create(@Body() thing: ThingDto): { thing: ThingDto; keys: string[] } {
    return { thing, keys: Object.keys(thing) };
  }

  @Get()
  find(@Query() search: SearchDto): SearchDto {
    return search;
  }

  @Get('csv')
  @Produces('application/json', 'text/csv')
  csv(): object {
    return {};
  }

  @Get('half')
  half(@Res() response: Response): void {
    response.status(200).type('text/csv').write('a,b\r\n');
    throw new Error('midway');
  }

  @Get('broken')
  broken(): never {
    throw new Problem(THINGS.BROKEN, 'It is broken.', { extra: { missing: '3', status: 7 } });
  }

  @Get('fails/:how')
  fails(@Param('how') how: string): never {
    throw FAILURES[how]?.() ?? new Error(`secret of the inside: ${how}`);
  }

  @Post('small')
  @BodyLimit(20)
  small(@Body() thing: ThingDto): ThingDto {
    return thing;
  }

  @Post('bare')
  bare(): object {
    return {};
  }

  @Post('stream')
  @ReadsBodyStream({ mediaTypes: ['application/x-ndjson'], encodings: ['gzip'] })
  stream(): object {
    return {};
  }

  /** Longest silence in ms (0: no limit), while the body is read and after it is complete. */
  @Post('stream/patience')
  @ReadsBodyStream({ mediaTypes: ['application/x-ndjson'], encodings: [] })
  async patience(@Req() request: Request): Promise<{ whileReading_ms: unknown; afterwards_ms: unknown }> {
    const whileReading_ms = request.socket.timeout;
    for await (const piece of request) void piece;
    return { whileReading_ms, afterwards_ms: request.socket.timeout };
  }

  @Get(':id')
  show(@PlatformIdParam('id') id: string): { id: string } {
    return { id };
  }
}

/** A route without a token. */
@Controller('api/open')
@Access(PUBLIC)
export class OpenController {
  @Get()
  open(@Ip() address: string): { address: string } {
    return { address };
  }
}

const withCode = (code: string, message = 'database'): Error => Object.assign(new Error(message), { code });

const FAILURES: Readonly<Record<string, () => Error>> = {
  refused: () => withCode('ECONNREFUSED'),
  shutdown: () => withCode('57P01'),
  wrapped: () => Object.assign(new Error('query failed'), { driverError: withCode('08006') }),
  poolTimeout: () => new Error('timeout exceeded when trying to connect'),
  badValue: () =>
    new QueryFailedError(
      'SELECT $1',
      ['a secret value'],
      Object.assign(withCode('22P02', 'invalid input syntax for type numeric: "a secret value"'), {
        routine: 'set_var_from_str',
        where: 'unnamed portal parameter $1 = a secret value',
      }),
    ),
  duplicate: () => withCode('23505'),
};
