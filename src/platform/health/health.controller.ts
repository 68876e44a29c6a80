import { Controller, Get, Logger } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Replicas } from '../database/index.js';
import { Draining, HTTP_PROBLEMS, PublicRoute } from '../http/index.js';
import { ApiProblems } from '../openapi/index.js';
import { Problem } from '../problem/index.js';
import { HealthResponseDto } from './dto/health.response.dto.js';

const PING_TIMEOUT_MS = 1_500;

@ApiTags('operation')
@Controller('api/health')
@PublicRoute()
export class HealthController {
  private readonly logger = new Logger(HealthController.name);
  private databaseAnswers = true;

  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly replicas: Replicas,
    private readonly draining: Draining,
  ) {}

  /** Liveness: the process answers. Restart the process if this does not succeed. */
  @Get('live')
  @ApiOkResponse({ type: HealthResponseDto })
  getLiveness(): HealthResponseDto {
    return new HealthResponseDto();
  }

  /**
   * Readiness: the database answers and the process is not stopping. Also returns how many replicas are usable. Send no
   * requests to this process while this does not succeed.
   */
  @Get('ready')
  @ApiOkResponse({ type: HealthResponseDto })
  @ApiProblems(HTTP_PROBLEMS.UNAVAILABLE)
  async getReadiness(): Promise<HealthResponseDto> {
    if (this.draining.hasBegun) {
      throw new Problem(
        HTTP_PROBLEMS.UNAVAILABLE,
        'This process is stopping. Send requests to another process.',
        {
          headers: { 'Retry-After': '2' },
        },
      );
    }
    try {
      // Without `connection`, the indicator would search it with another copy of TypeORM than the bundled one.
      const options = { timeout: PING_TIMEOUT_MS, connection: this.dataSource };
      await this.health.check([() => this.database.pingCheck('database', options)]);
      this.logChange(true);
    } catch {
      this.logChange(false);
      throw new Problem(
        HTTP_PROBLEMS.UNAVAILABLE,
        'The database does not answer. Try again in a few seconds.',
        {
          headers: { 'Retry-After': '2' },
        },
      );
    }
    const { all } = this.replicas;
    if (all.length === 0) return new HealthResponseDto();
    const usable = all.filter((replica) => replica.isUsable).length;
    return new HealthResponseDto({ configured: all.length, usable });
  }

  /** Logs changes only; a line for each probe would be too much. */
  private logChange(databaseAnswers: boolean): void {
    if (databaseAnswers === this.databaseAnswers) return;
    this.databaseAnswers = databaseAnswers;
    if (databaseAnswers) this.logger.log('Ready again.');
    else this.logger.warn('Not ready: the database does not answer.');
  }
}
