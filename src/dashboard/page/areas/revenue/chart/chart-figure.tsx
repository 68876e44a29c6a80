/** The chart with its legend, and a readout for the pointer and the arrow keys. */

import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { go } from '../../../address/location.js';
import { locale } from '../../../preferences/preferences.js';
import { usePlatform } from '../../../session/me.js';
import type { BeforeValues } from './before.js';
import { highestPlace, measureOf, type ChartData, type ChartQuery } from './chart-data.js';
import type { ChartDrawing } from './draw-chart.js';
import { Legend } from './legend.js';
import { daysOfPeriod } from './periods.js';
import { placeBeside, Readout, spoken } from './readout.js';
import { t } from '../texts.js';

/** Bars per Page Up and Page Down. */
const LEAP = 7;

export interface ChartFigureProps {
  readonly chart: ChartData;
  readonly before: BeforeValues | null;
  readonly unit: ChartQuery['unit'];
}

export function ChartFigure({ chart, before, unit }: ChartFigureProps): JSX.Element {
  const { currency } = usePlatform();
  const home = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<number | null>(null);
  const [last, setLast] = useState(() => highestPlace(chart));
  const show = (next: number | null): void => {
    setPlace(next);
    if (next !== null) setLast(next);
  };
  const drawing = useDrawing({ chart, before, currency, home, legend, slider, onPlace: show });
  const drill = (to: number): void => {
    const period = chart.periods[to];
    if (period !== undefined)
      go({ range: null, ...daysOfPeriod(period), ...(unit === 'month' ? { unit: 'day' } : {}) });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') return drill(last);
    const next = nextPlace(event.key, last, Math.max(chart.periods.length - 1, 0));
    if (next === null) return;
    event.preventDefault();
    drawing.current?.point(next);
  };
  const current = Math.min(last, Math.max(chart.periods.length - 1, 0));
  return (
    <figure class="chart-figure">
      <Legend chart={chart} before={before} listRef={legend} />
      <div
        ref={slider}
        class="plot"
        role="slider"
        tabIndex={0}
        aria-label={t('chartLabel', { measure: measureOf(chart) })}
        aria-valuemin={0}
        aria-valuemax={Math.max(chart.periods.length - 1, 0)}
        aria-valuenow={current}
        aria-valuetext={spoken(chart, before, current, currency)}
        onKeyDown={onKey}
        onFocus={() => slider.current?.matches(':focus-visible') && drawing.current?.point(last)}
        onBlur={() => drawing.current?.point(null)}
        onClick={(event) => {
          // A finger looks at a bar first; a second tap on the same bar opens its days.
          if (place !== null && (isMouse(event) || place === last)) drill(place);
        }}
      >
        <div ref={home} class="plot-home" />
        {place !== null && (
          <PlacedReadout
            chart={chart}
            before={before}
            place={place}
            drawing={drawing}
            home={home}
            currency={currency}
          />
        )}
      </div>
    </figure>
  );
}

function isMouse(event: MouseEvent): boolean {
  return !('pointerType' in event) || event.pointerType === 'mouse';
}

interface DrawingOptions {
  readonly chart: ChartData;
  readonly before: BeforeValues | null;
  readonly currency: string;
  readonly home: { readonly current: HTMLDivElement | null };
  readonly legend: { readonly current: HTMLUListElement | null };
  readonly slider: { readonly current: HTMLDivElement | null };
  readonly onPlace: (place: number | null) => void;
}

/** Draws the chart; its code is loaded with the first one. */
function useDrawing(options: DrawingOptions): RefObject<ChartDrawing | null> {
  const drawing = useRef<ChartDrawing | null>(null);
  const { chart, before, currency } = options;
  const language = locale.value;
  useEffect(() => {
    let isWanted = true;
    void import('./draw-chart.js').then(({ drawChart }) => {
      const { home, legend, slider, onPlace } = options;
      if (!isWanted || !home.current || !legend.current || !slider.current) return;
      drawing.current = drawChart({
        chart,
        before: before?.values ?? null,
        currency,
        home: home.current,
        legend: legend.current,
        tones: slider.current,
        onPlace,
      });
    });
    return () => {
      isWanted = false;
      drawing.current?.close();
      drawing.current = null;
    };
  }, [chart, JSON.stringify(before), currency, language]);
  return drawing;
}

interface PlacedReadoutProps {
  readonly chart: ChartData;
  readonly before: BeforeValues | null;
  readonly place: number;
  readonly drawing: RefObject<ChartDrawing | null>;
  readonly home: { readonly current: HTMLDivElement | null };
  readonly currency: string;
}

function PlacedReadout({ drawing, home, ...shown }: PlacedReadoutProps): JSX.Element {
  const readout = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (readout.current === null || drawing.current === null || home.current === null) return;
    placeBeside(readout.current, drawing.current.xOf(shown.place), home.current.clientWidth);
  });
  return (
    <div ref={readout} class="readout" aria-hidden="true">
      <Readout {...shown} />
    </div>
  );
}

/** Null: the key does not move. */
function nextPlace(key: string, place: number, last: number): number | null {
  const moves: Record<string, number> = {
    ArrowLeft: place - 1,
    ArrowDown: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place + 1,
    PageDown: place - LEAP,
    PageUp: place + LEAP,
    Home: 0,
    End: last,
  };
  const next = moves[key];
  return next === undefined ? null : Math.min(Math.max(next, 0), last);
}
