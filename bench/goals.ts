/** What each figure should be: at most, at least, or just told. */
const GOALS = {
  'page.http_vs_sql': { atMost: 4 },
  'page.flat': { atMost: 1.2 },
  'page.buffers': { atMost: 200 },
  'page.steps_buffers': { atMost: 24 },
  'page.vs_naive': {},
  'csv.vs_copy': { atMost: 1.3 },
  'csv.rss_mb': { atMost: 100 },
  'csv.vs_json2csv': {},
  'rebuild.vs_copy': { atMost: 1.6 },
  'rebuild.rss_mb': { atMost: 250 },
  'charge.vs_bare_16': { atLeast: 0.55 },
  'charge.hot_vs_uniform': { atLeast: 0.95 },
  'close.vs_copy': { atMost: 2.5 },
  'close.rss_mb': { atMost: 150 },
  'close.late_vs_prefix': { atMost: 1.2 },
  'import.vs_copy': { atMost: 6 },
  'http.rps_16': { atLeast: 0.7 },
  'signals.seconds': { atMost: 2 },
} satisfies Record<string, Goal>;

interface Goal {
  readonly atMost?: number;
  readonly atLeast?: number;
}

export type FigureKey = keyof typeof GOALS;

/** All keys, in the order in which they are shown. */
export const FIGURE_KEYS = Object.keys(GOALS) as FigureKey[];

/** What was measured, and what it was computed from. */
export interface Figure {
  readonly value: number;
  readonly raw: unknown;
}

export type Figures = Partial<Record<FigureKey, Figure>>;

/** A figure beside its goal. */
export interface JudgedFigure extends Figure {
  readonly goal: string;
  /** Null: there is no goal to reach. */
  readonly reached: boolean | null;
}

/** A goal in words, measured or not. */
export function goalOf(key: FigureKey): string {
  const { atMost, atLeast }: Goal = GOALS[key];
  if (atMost !== undefined) return `<= ${atMost}`;
  return atLeast === undefined ? 'report' : `>= ${atLeast}`;
}

export function judged(key: FigureKey, { value, raw }: Figure): JudgedFigure {
  const { atMost = Infinity, atLeast = 0 }: Goal = GOALS[key];
  const goal = goalOf(key);
  return { value, goal, reached: goal === 'report' ? null : value <= atMost && value >= atLeast, raw };
}
