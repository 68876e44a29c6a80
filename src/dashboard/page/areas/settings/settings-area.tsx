import type { JSX } from 'preact';
import type { AreaProps } from '../../shell/area.js';
import { Link } from '../../ui/button.js';
import { People } from './people/people.js';
import { SettingsView } from './settings-view.js';
import { t } from './people/texts.js';

/** The settings of the platform, and the people who use it. */
export function SettingsArea({ id }: AreaProps): JSX.Element {
  const isPeople = id === 'people';
  return (
    <>
      <nav class="crumb sections" aria-label={t('sections')}>
        <Link to="/settings" isCurrent={!isPeople}>
          {t('platform')}
        </Link>
        <Link to="/settings/people" isCurrent={isPeople}>
          {t('people')}
        </Link>
      </nav>
      {isPeople ? <People /> : <SettingsView />}
    </>
  );
}
