export { IsDecimalString } from './decimal-string.decorator.js';
export { IsInstantString } from './instant-string.decorator.js';
export { Nullable, nullableFieldsOf } from './nullable.decorator.js';
export { IsPlatformId } from './platform-id.decorator.js';
export { PlatformIdParam } from './platform-id-param.decorator.js';
export { PlatformValidationPipe } from './platform-validation.pipe.js';
export { IsBooleanParameter, IsIntegerParameter, IsOneOf, Repeatable } from './query-parameter.decorators.js';
export { IsText, isText } from './text.decorator.js';
export { VALIDATION_PROBLEMS } from './validation.problems.js';
