/** One module: what it is, what it earns by month, and its latest deployments. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readModule, type Module } from '../../api/modules.js';
import { Refusal } from '../../api/problem.js';
import { useQuestion } from '../../question/question.js';
import { Answer, EmptyState, Skeleton } from '../../ui/answer.js';
import { Button, Link } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Name } from '../../ui/figures.js';
import { Icon } from '../../ui/icon.js';
import { Notice, View } from '../../ui/view.js';
import { ArchiveDialog } from './archive-dialog.js';
import { EditDialog } from './edit-dialog.js';
import { LatestDeployments } from './latest-deployments.js';
import { ModuleMonths } from './module-months.js';
import { Price } from './modules-table.js';
import { useModuleRights } from './rights.js';
import { t } from './texts.js';

export function ModulePage({ id }: { readonly id: string }): JSX.Element {
  const module = useQuestion(id, readModule);
  const error = module.error.value;
  if (error instanceof Refusal && (error.status === 404 || error.status === 400)) return <NoSuch id={id} />;
  const known = module.shown.value?.answer;
  if (known === undefined) {
    return (
      <>
        <Back />
        <View title={id}>
          <section class="card">
            <Answer of={module} skeleton={<Skeleton size="tall" />}>
              {() => null}
            </Answer>
          </section>
        </View>
      </>
    );
  }
  return <Known module={known} onChange={(now) => module.amend(() => now)} />;
}

function Back(): JSX.Element {
  return (
    <nav class="crumb" aria-label={t('back')}>
      <Link to="/modules">
        <Icon name="previous" />
        {t('back')}
      </Link>
    </nav>
  );
}

function NoSuch({ id }: { readonly id: string }): JSX.Element {
  return (
    <View title={t('modules')}>
      <EmptyState
        title={t.rich('notFound', { id: <bdi>{id}</bdi> })}
        actions={
          <Link to="/modules" class="button">
            {t('showAll')}
          </Link>
        }
      >
        {t('notFoundAdvice')}
      </EmptyState>
    </View>
  );
}

interface KnownProps {
  readonly module: Module;
  readonly onChange: (now: Module) => void;
}

function Known({ module, onChange }: KnownProps): JSX.Element {
  const { mayEdit, seesFigures } = useModuleRights();
  const [dialog, setDialog] = useState<'edit' | 'archive' | null>(null);
  const close = (): void => setDialog(null);
  const actions = mayEdit(module) && (
    <>
      <Button icon="edit" onPress={() => setDialog('edit')}>
        {t('change')}
      </Button>
      <Button onPress={() => setDialog('archive')}>{t(module.archived ? 'offerAgain' : 'archive')}</Button>
    </>
  );
  return (
    <>
      <Back />
      <View
        title={<Name text={module.name} />}
        subtitle={<Facts module={module} />}
        actions={actions}
        class="modules"
      >
        {seesFigures(module) ? (
          <>
            <ModuleMonths module={module} />
            <LatestDeployments moduleId={module.id} />
          </>
        ) : (
          <Notice>{t('notYours')}</Notice>
        )}
        {dialog === 'edit' && <EditDialog module={module} onChange={onChange} onClose={close} />}
        {dialog === 'archive' && <ArchiveDialog module={module} onChange={onChange} onClose={close} />}
      </View>
    </>
  );
}

function Facts({ module }: { readonly module: Module }): JSX.Element {
  const { id, creditCost, requiresPurchasedCredits, archived } = module;
  return (
    <span class="module-facts">
      <code>{id}</code>
      <strong>
        <Price amount={creditCost} />
      </strong>
      {requiresPurchasedCredits && <Chip>{t('onlyPurchased')}</Chip>}
      <Chip kind={archived ? 'plain' : 'good'}>{t(archived ? 'archived' : 'offered')}</Chip>
    </span>
  );
}
