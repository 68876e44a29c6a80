/** The filter of the view, and the buttons to save it, to export and to print. */

import type { JSX } from 'preact';
import { go } from '../../../address/location.js';
import type { Report, ReportQuery } from '../../../api/revenue.js';
import type { Question } from '../../../question/question.js';
import { useCaller } from '../../../session/me.js';
import { seesEverybody } from '../../../session/rights.js';
import { Checkbox } from '../../../ui/field.js';
import type { Printing } from '../print/printing.js';
import type { RevenueQuestion } from '../question.js';
import { t } from '../texts.js';
import { ExportButton } from './export-button.js';
import { ModulePicker } from './module-picker.js';
import { PartnerPicker } from './partner-picker.js';
import { PrintButton } from './print-button.js';
import { RangePicker } from './range-picker.js';
import { SavedViews } from './saved-views.js';

export interface ToolbarProps {
  readonly question: RevenueQuestion;
  readonly report: Question<ReportQuery, Report>;
  readonly printing: Printing;
  /** Whether every part of the view has the answer to this question. */
  readonly isWhole: boolean;
}

export function Toolbar({ question, report, printing, isWhole }: ToolbarProps): JSX.Element {
  const { rights } = useCaller();
  const { address } = question;
  return (
    <div class="toolbar" role="group" aria-label={t('filter')}>
      <RangePicker question={question} />
      <ModulePicker address={address} isOwn={!seesEverybody(rights)} />
      {seesEverybody(rights) && <PartnerPicker address={address} />}
      <Checkbox
        isChecked={address.includeFree}
        onChange={(includeFree) => go({ includeFree })}
        title={t('includeFreeHint')}
      >
        {t('includeFree')}
      </Checkbox>
      <div class="toolbar-end">
        <SavedViews userId={rights.id} />
        <ExportButton report={report} />
        <PrintButton printing={printing} isOffered={isWhole} />
      </div>
    </div>
  );
}
