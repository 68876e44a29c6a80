import { Module } from '@nestjs/common';
import { ExpiredAnswers } from './expired-answers.js';

/**
 * Deletes expired answers. The functions that keep and return answers need no module, only the caller's transaction.
 */
@Module({ providers: [ExpiredAnswers] })
export class IdempotencyModule {}
