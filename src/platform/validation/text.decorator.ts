import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

/** Length limit of a text, and whether it can have several lines. */
export interface TextLimits {
  /** Maximum length in Unicode code points. */
  readonly maxCharacters: number;
  /** Accepts line breaks and tabs; other control characters are refused everywhere. */
  readonly multiline?: boolean;
  readonly example?: string;
}

const CONTROL = /\p{Cc}/u;
const CONTROL_EXCEPT_LINES = /[^\P{Cc}\n\r\t]/u;

/** A text for people: not blank, well-formed Unicode, no control characters (PostgreSQL cannot store NUL). */
export function IsText(limits: TextLimits): PropertyDecorator {
  const { maxCharacters, multiline = false, example } = limits;
  const lines = multiline ? '' : ' on one line';
  return applyDecorators(
    ValidateBy({
      name: 'isText',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isText(value, limits),
        defaultMessage: () =>
          `must be a text of 1 to ${maxCharacters} characters${lines}, not only spaces, without control characters`,
      },
    }),
    ApiProperty({ type: 'string', minLength: 1, maxLength: maxCharacters, example }),
  );
}

/** Whether `@IsText` accepts a text, for input that does not come through a DTO. */
export function isText(text: string, { maxCharacters, multiline = false }: TextLimits): boolean {
  // A code point has at most two code units, so a longer text need not be counted.
  const isShortEnough = text.length <= 2 * maxCharacters && [...text].length <= maxCharacters;
  return (
    isShortEnough &&
    text.trim() !== '' &&
    text.isWellFormed() &&
    !(multiline ? CONTROL_EXCEPT_LINES : CONTROL).test(text)
  );
}
