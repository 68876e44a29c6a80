import { Global, Module } from '@nestjs/common';
import { CsvExports } from './csv-exports.js';

/** Exports of all features; their limits apply to all of them together. */
@Global()
@Module({ providers: [CsvExports], exports: [CsvExports] })
export class CsvModule {}
