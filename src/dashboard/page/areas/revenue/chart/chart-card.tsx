/** Revenue over time: a chart, a readout for pointer and keys, and a table as an alternative. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { go } from '../../../address/location.js';
import { saveText } from '../../../api/download.js';
import { useCaller } from '../../../session/me.js';
import { seesEverybody } from '../../../session/rights.js';
import { Answer } from '../../../ui/answer.js';
import { Button } from '../../../ui/button.js';
import { Choice } from '../../../ui/choice.js';
import { Card } from '../../../ui/view.js';
import type { Parts } from '../parts.js';
import type { RevenueQuestion } from '../question.js';
import { t } from '../texts.js';
import { beforeValues } from './before.js';
import { chartCsv, chartFileName } from './chart-csv.js';
import { ChartFigure } from './chart-figure.js';
import { ChartTable } from './chart-table.js';

export interface ChartCardProps {
  readonly question: RevenueQuestion;
  readonly parts: Parts;
}

export function ChartCard({ question, parts }: ChartCardProps): JSX.Element {
  const [isTable, setTable] = useState(false);
  const { chart } = parts;
  const settled = chart.settled.value;
  const save = (): void => {
    if (settled === null) return;
    saveText(chartFileName(settled.question), chartCsv(settled.answer));
  };
  return (
    <Card
      title={t('overTime')}
      aside={<Choices question={question} />}
      class="chart"
      label={t('revenueOverTime')}
    >
      <div class="chart-tools">
        <Button kind="quiet" isPressed={isTable} onPress={() => setTable(!isTable)}>
          {t('showAsTable')}
        </Button>
        <Button kind="quiet" icon="download" isDisabled={settled === null} onPress={save}>
          {t('csvOfChart')}
        </Button>
      </div>
      <div class="chart-body">
        <Answer of={chart} skeleton={<div class="ghost" />}>
          {(data, asked) =>
            isTable ? (
              <ChartTable chart={data} />
            ) : (
              <ChartFigure
                chart={data}
                before={beforeValues(asked.question, parts, question)}
                unit={asked.question.unit}
              />
            )
          }
        </Answer>
      </div>
    </Card>
  );
}

function Choices({ question }: { readonly question: RevenueQuestion }): JSX.Element {
  const { address, unit, before } = question;
  const isForAll = seesEverybody(useCaller().rights);
  const splits = [
    { value: 'total' as const, label: t('total') },
    { value: 'module' as const, label: t('byModule') },
    ...(isForAll ? [{ value: 'partner' as const, label: t('byPartner') }] : []),
  ];
  const units = [
    { value: 'day' as const, label: t('day') },
    { value: 'week' as const, label: t('week') },
    { value: 'month' as const, label: t('month') },
  ];
  return (
    <div class="choices">
      <Choice
        label={t('split')}
        options={splits}
        value={isForAll || address.split !== 'partner' ? address.split : 'total'}
        onChoose={(split) => go({ split })}
      />
      <Choice label={t('eachBarIs')} options={units} value={unit} onChoose={(one) => go({ unit: one })} />
      {before !== null && (
        <Button
          kind="quiet"
          isPressed={address.hasBefore}
          onPress={() => go({ hasBefore: !address.hasBefore })}
        >
          {t('periodBefore')}
        </Button>
      )}
    </div>
  );
}
