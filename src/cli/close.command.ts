import { ClosingPreviews, Closings, previewTable } from '../statements/index.js';
import { withApplication } from './command-line.js';
import { showProgress } from './progress.js';

export interface CloseOptions {
  readonly preview: boolean;
  readonly timeZone?: string;
  readonly settledElsewhere: boolean;
}

/** Closes a month for all partners, or shows what that would state. */
export async function closeMonth(
  month: string,
  { preview, timeZone, settledElsewhere }: CloseOptions,
): Promise<void> {
  const request = { month, timeZone, settledElsewhere };
  if (preview) {
    const shown = await withApplication((app) =>
      app.get(ClosingPreviews, { strict: false }).preview({ month, timeZone }),
    );
    console.log(previewTable(shown));
    return;
  }
  const progress = showProgress('lines');
  const { closing, isNew } = await withApplication((app) =>
    app
      .get(Closings, { strict: false })
      .close(request, { onProgress: (phase, done, all) => progress.update(phase, done, all) }),
  ).finally(() => progress.stop());
  const { statements, digest } = closing;
  console.log(
    `${isNew ? `Closed ${month}` : `${month} is closed already`}: ${statements} statements. Digest ${digest}`,
  );
}
