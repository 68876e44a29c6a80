/** The steps of the share on a line: past, in force, scheduled. */

import type { JSX } from 'preact';
import type { ShareStep } from '../../api/settings.js';
import { share } from '../../exact/format.js';
import { beginningName } from '../../exact/time.js';
import { usePlatform } from '../../session/me.js';
import { Button } from '../../ui/button.js';
import { firstDay, stateOf } from './share-edit.js';
import { t } from './texts.js';

export interface ShareStepsProps {
  readonly steps: readonly ShareStep[];
  /** The index of the step with its effect below; null: none. */
  readonly shown: number | null;
  readonly mayChange: boolean;
  readonly onShow: (index: number) => void;
  readonly onTakeBack: (index: number) => void;
}

export function ShareSteps({
  steps,
  shown,
  mayChange,
  onShow,
  onTakeBack,
}: ShareStepsProps): JSX.Element | null {
  const { timeZone } = usePlatform();
  const now = new Date();
  if (steps.length === 1) return null;
  return (
    <div class="share-steps">
      <h3>{t('steps')}</h3>
      <p class="hint">{t('stepsHint', { zone: timeZone })}</p>
      <ol class="share-line">
        {steps.map((step, index) => {
          const state = stateOf(step, now);
          const name = stepName(step, timeZone);
          return (
            <li key={step.from} class={`share-step ${state}`} aria-current={state === 'now' || undefined}>
              <span class="step-state">{t(state)}</span>
              <strong>{share(step.value)}</strong>
              <span class="step-days">{name}</span>
              <span class="step-actions">
                <Button kind="quiet" isPressed={index === shown} onPress={() => onShow(index)}>
                  {t('effect')}
                  <span class="sr"> {name}</span>
                </Button>
                {mayChange && firstDay(step, timeZone) !== null && (
                  <Button kind="quiet" onPress={() => onTakeBack(index)}>
                    {t('takeBack')}
                    <span class="sr"> {name}</span>
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Since when a step holds: from 1 Mar 2026. */
function stepName({ from, to }: ShareStep, timeZone: string): string {
  if (from !== null) return t('stepFrom', { day: beginningName(from, timeZone) });
  return to === null ? '' : t('stepUntil', { day: beginningName(to, timeZone) });
}
