import { Module } from '@nestjs/common';
import { ExpiredAnswers } from './expired-answers.js';

/** Forgets kept answers in time; whatever keeps and gives them needs a transaction of its caller's and no module. */
@Module({ providers: [ExpiredAnswers] })
export class IdempotencyModule {}
