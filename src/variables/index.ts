export { CLOSING_LOCK } from './closed-months.js';
export { LocalClock, localZoneOf, type LocalTimes } from './local-times.js';
export { currencyPlaces, isCurrency, moneyText } from './currency.js';
export { TimeRangeRequestDto } from './time-range.dto.js';
export { TimeRangeResponseDto } from './time-range.dto.js';
export { IsCurrency } from './currency.decorator.js';
export { IsRevenueShare } from './revenue-share.decorator.js';
export { TimeRanges, type TimeRange, type TimeRangeRequest, type ZoneDefault } from './time-ranges.js';
export { shareInForce } from './share-in-force.js';
export { changedShare } from './share-edits.js';
export { TimeZones } from './time-zones.js';
export { ShareStepDto } from './variable.dto.js';
export { revenueShareIn, VALUE_MESSAGES } from './variable-value.js';
export { VariableSettingsService } from './variable-settings.service.js';
export { VariablesModule } from './variables.module.js';
export {
  CREDITS_PER_UNIT_DEFAULT,
  VARIABLES_SQL,
  variablesOf,
  VariablesService,
  type StoredVariables,
  type Variables,
} from './variables.service.js';
