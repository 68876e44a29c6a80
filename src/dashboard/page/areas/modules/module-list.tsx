/** The modules that the caller offers or oversees, with their figures of a period. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { defineParameters, oneOf, text } from '../../address/parameters.js';
import { rangeHere } from '../../address/range.js';
import { readModules, type ModulesQuery } from '../../api/modules.js';
import { readPartnerNames } from '../../api/users.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, EmptyState } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { Select, TextField } from '../../ui/field.js';
import { PeriodSelect } from '../../ui/period-select.js';
import { ShowMore } from '../../ui/show-more.js';
import { View } from '../../ui/view.js';
import { ModulesTable } from './modules-table.js';
import { PublishDialog } from './publish-dialog.js';
import { useModuleRights } from './rights.js';
import { t } from './texts.js';

const parameters = defineParameters({ q: text(), state: oneOf(['all', 'offered', 'archived']) });

export function ModuleList(): JSX.Element {
  const { seesAll, mayPublish } = useModuleRights();
  const { timeZone } = rangeHere(usePlatform().timeZone);
  const [isPublishing, setPublishing] = useState(false);
  const { q, state } = parameters.here();
  const wanted = q.trim();
  const modules = useQuestion<ModulesQuery, Awaited<ReturnType<typeof readModules>>>(
    {
      ...(wanted === '' ? {} : { q: wanted }),
      ...(seesAll ? {} : { mine: true }),
      ...(state === 'all' ? {} : { archived: state === 'archived' }),
    },
    readModules,
    wanted,
  );
  const partners = useQuestion(seesAll ? 'partners' : null, (_, signal) => readPartnerNames(signal));
  const publish = mayPublish && (
    <Button kind="primary" icon="plus" onPress={() => setPublishing(true)}>
      {t('publish')}
    </Button>
  );
  return (
    <View
      title={t('modules')}
      subtitle={t(seesAll ? 'subtitleOverseer' : 'subtitlePartner', { zone: timeZone })}
      actions={publish}
      class="modules"
    >
      <Filter />
      <section class="card list">
        <Answer of={modules}>
          {({ data }) =>
            data.length === 0 ? (
              <NoModules publish={publish} />
            ) : (
              <>
                <ModulesTable modules={data} partners={partners.shown.value?.answer ?? null} />
                <ShowMore of={modules} read={(query, cursor) => readModules({ ...query, cursor })} />
              </>
            )
          }
        </Answer>
      </section>
      {isPublishing && <PublishDialog onClose={() => setPublishing(false)} />}
    </View>
  );
}

function Filter(): JSX.Element {
  const { q, state } = parameters.here();
  return (
    <div class="filter" role="search">
      <TextField
        label={t('search')}
        placeholder={t('searchHint')}
        type="search"
        value={q}
        onInput={(value) => parameters.replace({ q: value })}
      />
      <Select
        label={t('state')}
        value={state}
        options={[
          { value: 'all', label: t('allModules') },
          { value: 'offered', label: t('offered') },
          { value: 'archived', label: t('archived') },
        ]}
        onChoose={(value) => parameters.go({ state: value })}
      />
      <PeriodSelect label={t('period')} />
    </div>
  );
}

function NoModules({ publish }: { readonly publish: JSX.Element | false }): JSX.Element {
  const { seesAll } = useModuleRights();
  const { q, state } = parameters.here();
  if (q.trim() !== '' || state !== 'all') {
    return (
      <EmptyState
        title={t('noMatch')}
        actions={<Button onPress={() => parameters.go({ q: '', state: 'all' })}>{t('showAll')}</Button>}
      >
        {t('noMatchAdvice')}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="layers" title={t('emptyTitle')} actions={publish}>
      {t(seesAll ? 'emptyOverseer' : 'emptyPartner')}
    </EmptyState>
  );
}
