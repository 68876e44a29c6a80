import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readVariable, type OtherKey, type Variable } from '../../api/settings.js';
import { credits } from '../../exact/format.js';
import { useQuestion } from '../../question/question.js';
import { Answer } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { DateTime, Name } from '../../ui/figures.js';
import { VariableDialog } from './variable-dialog.js';
import { t } from './texts.js';
import { t as variable } from './variable-texts.js';

export interface OtherSettingsProps {
  readonly variables: readonly Variable[];
  readonly mayChange: boolean;
  readonly onChange: () => void;
}

/** Rate, currency, zone and smallest payout: their values, and since when. */
export function OtherSettings({ variables, mayChange, onChange }: OtherSettingsProps): JSX.Element {
  const [opened, setOpened] = useState<OtherKey | null>(null);
  return (
    <>
      <dl class="facts variables">
        {variables.filter(isOther).map(({ key, value, updatedAt, updatedBy }) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>
              <strong>{key === 'creditsPerUnit' ? credits(value) : value}</strong>
              <small class="hint">
                {updatedAt === null || updatedBy === null
                  ? t('sinceEver')
                  : t.rich('since', {
                      when: <DateTime instant={updatedAt} />,
                      who: <Name text={updatedBy} />,
                    })}
              </small>
            </dd>
            {mayChange && (
              <dd class="variable-action">
                <Button kind="quiet" icon="edit" onPress={() => setOpened(key)}>
                  {variable('change')}
                  <span class="sr"> {t(key)}</span>
                </Button>
              </dd>
            )}
          </div>
        ))}
      </dl>
      {opened !== null && (
        <OpenVariable variableKey={opened} onChange={onChange} onClose={() => setOpened(null)} />
      )}
    </>
  );
}

type Other = Variable & { readonly key: OtherKey };

function isOther(one: Variable): one is Other {
  return one.key !== 'partnerRevenueShare';
}

interface OpenVariableProps {
  readonly variableKey: OtherKey;
  readonly onChange: () => void;
  readonly onClose: () => void;
}

/** Reads the value with its ETag, so that the change is one of what was seen. */
function OpenVariable({ variableKey, onChange, onClose }: OpenVariableProps): JSX.Element {
  const current = useQuestion(variableKey, readVariable);
  return (
    <Answer of={current} skeleton={null}>
      {(seen) => <VariableDialog first={seen} onChange={onChange} onClose={onClose} />}
    </Answer>
  );
}
