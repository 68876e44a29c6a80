export const texts = {
  allTime: 'All time',
  from: 'From {day}',
  last30Days: 'Last 30 days',
  lastMonth: 'Last month',
  thisMonth: 'This month',
  thisQuarter: 'This quarter',
  thisYear: 'This year',
  upTo: 'Up to {day}',
} as const;
