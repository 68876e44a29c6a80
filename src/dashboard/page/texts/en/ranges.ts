export const texts = {
  allTime: 'All time',
  from: 'From {day}',
  last12Months: 'Last 12 months',
  last30Days: 'Last 30 days',
  last7Days: 'Last 7 days',
  lastMonth: 'Last month',
  lastQuarter: 'Last quarter',
  lastYear: 'Last year',
  thisMonth: 'This month',
  thisQuarter: 'This quarter',
  thisYear: 'This year',
  upTo: 'Up to {day}',
} as const;
