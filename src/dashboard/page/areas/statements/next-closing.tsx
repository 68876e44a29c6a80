import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { previewClosing, readPayouts, type Closing } from '../../api/statements.js';
import { addDays, dayName, monthName, today } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { useCaller } from '../../session/me.js';
import { Answer } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { Card } from '../../ui/view.js';
import { CloseDialog } from './close-dialog.js';
import { PreviewView } from './preview-view.js';
import { t } from './texts.js';

export interface NextClosingProps {
  /** Null: no month is closed, so the first one can be any. */
  readonly last: Closing | null;
  readonly onClosed: (closing: Closing) => void;
}

/** The month that is closed next: its preview first, then the closing. */
export function NextClosing({ last, onClosed }: NextClosingProps): JSX.Element | null {
  const { platform, rights } = useCaller();
  const timeZone = last?.timeZone ?? platform.timeZone;
  const [typed, setTyped] = useState(
    last === null ? (platform.days.firstDay?.slice(0, 7) ?? '') : monthAfter(last.month),
  );
  const [asked, setAsked] = useState<string | null>(null);
  const [isClosing, setClosing] = useState(false);
  const preview = useQuestion(asked, async (month, signal) => {
    const [closing, before] = await Promise.all([
      previewClosing(month, signal),
      last === null ? null : readPayouts(last.month, signal),
    ]);
    return { closing, before };
  });
  const month = typed.trim();
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  const isOver = isMonth && month < today(timeZone, new Date()).slice(0, 7);
  const agreed = preview.settled.value?.answer.closing ?? null;
  return (
    <Card title={t('nextClosing')} label={t('nextClosing')}>
      <div class="find">
        {last === null ? (
          <TextField
            label={t('firstMonth')}
            hint={t('firstMonthHint')}
            value={typed}
            onInput={setTyped}
            error={isMonth || month === '' ? undefined : t('monthWrong')}
          />
        ) : (
          <p class="next-month">{monthName(month)}</p>
        )}
        <Button isDisabled={!isOver} onPress={() => setAsked(month)}>
          {t('preview')}
        </Button>
      </div>
      {isMonth && !isOver && (
        <p class="hint pad">{t('notOver', { day: dayName(`${monthAfter(month)}-01`) })}</p>
      )}
      {asked !== null && (
        <Answer of={preview}>
          {({ closing, before }) => <PreviewView preview={closing} before={before} />}
        </Answer>
      )}
      {agreed !== null && rights.mayRecord && (
        <p class="actions end pad">
          <Button kind="primary" onPress={() => setClosing(true)}>
            {t('close', { month: monthName(agreed.month) })}
          </Button>
        </p>
      )}
      {agreed !== null && isClosing && (
        <CloseDialog
          preview={agreed}
          isFirst={last === null}
          onClosed={onClosed}
          onClose={() => setClosing(false)}
        />
      )}
    </Card>
  );
}

function monthAfter(month: string): string {
  return addDays(`${month}-01`, 31).slice(0, 7);
}
