import { IsOptional } from 'class-validator';
import { IsBooleanParameter } from '../../../platform/validation/index.js';

/** How an import treats what it finds. */
export class ImportQueryDto {
  /** `true`: all lines or none; a refused line undoes everything and the answer is 422. Default `false`. */
  @IsOptional()
  @IsBooleanParameter()
  atomic?: boolean;

  /** `true`: user and module lines change what is there. Default `false`: they are refused where they differ. */
  @IsOptional()
  @IsBooleanParameter()
  update?: boolean;
}
