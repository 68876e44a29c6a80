/** What issue 4 asks of each figure: at most, at least, or just to be told. */
export const GOALS = {
  'page.http_vs_sql': { atMost: 4 },
  'page.flat': { atMost: 1.2 },
  'page.buffers': { atMost: 200 },
  'page.vs_naive': {},
  'csv.vs_copy': { atMost: 1.3 },
  'csv.rss_mb': { atMost: 100 },
  'csv.vs_json2csv': {},
  'rebuild.vs_copy': { atMost: 1.6 },
  'rebuild.rss_mb': { atMost: 250 },
  'charge.vs_bare_16': { atLeast: 0.55 },
  'charge.hot_vs_uniform': { atLeast: 0.95 },
  'import.vs_copy': { atMost: 6 },
  'http.rps_16': { atLeast: 0.7 },
};

/** A goal in words, measured or not. */
export function goalOf(key) {
  const { atMost, atLeast } = GOALS[key];
  return atMost !== undefined ? `<= ${atMost}` : atLeast !== undefined ? `>= ${atLeast}` : 'report';
}

/** A figure beside its goal; `reached` is null where there is none to reach or nothing was measured. */
export function judged(key, { value, raw }) {
  const { atMost, atLeast } = GOALS[key];
  const goal = goalOf(key);
  const isMeasured = value !== null && goal !== 'report';
  return {
    value,
    goal,
    reached: isMeasured ? value <= (atMost ?? Infinity) && value >= (atLeast ?? 0) : null,
    raw,
  };
}
