import { Global, Module } from '@nestjs/common';
import { CsvExports } from './csv-exports.js';

/** Files of every feature that has some, counted together. */
@Global()
@Module({ providers: [CsvExports], exports: [CsvExports] })
export class CsvModule {}
