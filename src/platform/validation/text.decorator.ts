import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

/** How long a text may be and whether it may have several lines. */
export interface TextLimits {
  /** Longest accepted text, in Unicode code points. */
  readonly maxCharacters: number;
  /** Accepts line breaks and tabs; other control characters are refused everywhere. */
  readonly multiline?: boolean;
  readonly example?: string;
}

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;

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

/** Whether a text is one that `@IsText` accepts, for what does not come through a DTO. */
export function isText(text: string, { maxCharacters, multiline = false }: TextLimits): boolean {
  // At most two code units make a code point, so a longer text need not be counted.
  const isShortEnough = text.length <= 2 * maxCharacters && [...text].length <= maxCharacters;
  return (
    isShortEnough &&
    text.trim() !== '' &&
    text.isWellFormed() &&
    !(multiline ? CONTROL_BUT_LINES : CONTROL).test(text)
  );
}
