export const texts = {
  change: 'Change …',
  creditsPerUnitHint:
    'Used for purchases without an amount from now on; those that are recorded keep theirs. 0.01 to 1,000,000, at most 2 places.',
  creditsPerUnitWrong: 'A number from 0.01 to 1,000,000 with at most 2 places.',
  currencyHint: 'A code such as EUR (ISO 4217). It cannot change once a purchase is recorded.',
  currencyWrong: 'Three capital letters, such as EUR.',
  minimumPayoutHint: 'Less is not paid but carried to the next statement. 0 or more, at most 6 places.',
  minimumPayoutWrong: 'A number of 0 or more with at most 6 places.',
  meanwhile: '{who} set it to {value} meanwhile. Nothing was overwritten. Save again to set your value.',
  save: 'Save',
  saved: '{name}: {value} is in force.',
  somebody: 'Somebody',
  timeZoneHint: 'Days, weeks and months of every report begin in it. A name such as Europe/Berlin.',
  timeZoneWrong: 'A name such as Europe/Berlin or UTC.',
} as const;
