export const texts = {
  allShown: { one: '{count} entry, all shown', other: '{count} entries, all shown' },
  askAgain: 'Ask again',
  nothingChanged: 'Nothing was changed. {why}',
  notKnown: 'It is not known whether this was done: the answer was lost. Ask again; it is done at most once.',
  sending: 'Sending …',
  showMore: 'Show more',
  someShown: { one: '{count} entry shown', other: '{count} entries shown' },
  csv: 'Export CSV',
  exportFailed: 'The export broke off and nothing was saved. {why}',
  exporting: 'Reading …',
  noAnswer: 'The service does not answer. Try again.',
  saved: 'Saved {name}.',
} as const;
