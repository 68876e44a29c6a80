/** Data: imports of files. */

import type { JSX } from 'preact';
import { Card, View } from '../../ui/view.js';
import { Choosing } from './choosing.js';
import { forgetImport, importRun, startImport } from './import-run.js';
import { ImportEndView } from './import-end.js';
import { ImportProgress } from './import-progress.js';
import { t } from './texts.js';

export function DataArea(): JSX.Element {
  const run = importRun.value;
  return (
    <View title={t('data')} subtitle={t('subtitle')} class="data">
      {run === null && <Choosing onStart={startImport} />}
      {run !== null && run.end === null && (
        <Card title={t.rich('progress', { name: <bdi>{run.file.name}</bdi> })}>
          <ImportProgress run={run} />
        </Card>
      )}
      {run !== null && run.end !== null && <ImportEndView run={run} end={run.end} onLeave={forgetImport} />}
    </View>
  );
}
