/** One statement as a document: it is read on the screen, printed on A4, and kept. */

import type { JSX } from 'preact';
import { Refusal } from '../../api/problem.js';
import {
  readModuleSums,
  readPayments,
  readStanding,
  readStatement,
  type ModuleSum,
  type Payment,
  type Statement,
} from '../../api/statements.js';
import { readUser, userName } from '../../api/users.js';
import { brand } from '../../brand/brand.js';
import { addDays, monthName, rangeName } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { useCaller } from '../../session/me.js';
import { seesEverybody } from '../../session/rights.js';
import { Answer, EmptyState, Skeleton } from '../../ui/answer.js';
import { Button, Link } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { ExportCsv } from '../../ui/export-csv.js';
import { Money, Name } from '../../ui/figures.js';
import { useNames } from '../../ui/names.js';
import { Card, View } from '../../ui/view.js';
import { Back, partnerTarget } from './back.js';
import { AdjustmentLines, RevenueLines } from './lines.js';
import { ModuleSums } from './module-sums.js';
import { Payments } from './payments.js';
import { ChangesSince } from './changes-since.js';
import { t } from './texts.js';
import { statusOf, whyCarried } from './words.js';

interface Document {
  readonly statement: Statement;
  readonly modules: readonly ModuleSum[];
  readonly payments: readonly Payment[];
  readonly timeZone: string;
}

async function readDocument(id: string, signal: AbortSignal): Promise<Document> {
  const [statement, modules, payments] = await Promise.all([
    readStatement(id, signal),
    readModuleSums(id, signal),
    readPayments(id, signal),
  ]);
  const { timeZone } = await readStanding(statement.partnerId, signal);
  return { statement, modules, payments, timeZone };
}

export function StatementPage({ id }: { readonly id: string }): JSX.Element {
  const document = useQuestion(id, readDocument);
  const error = document.error.value;
  const known = document.shown.value?.answer;
  if (error instanceof Refusal && (error.status === 404 || error.status === 400)) return <NoSuch id={id} />;
  if (known !== undefined) return <Known document={known} again={document.again} />;
  return (
    <>
      <Back />
      <View title={id} class="statements">
        <Answer of={document} skeleton={<Skeleton size="tall" />}>
          {() => null}
        </Answer>
      </View>
    </>
  );
}

function NoSuch({ id }: { readonly id: string }): JSX.Element {
  return (
    <View title={t('statements')}>
      <EmptyState
        title={t.rich('notFound', { id: <bdi>{id}</bdi> })}
        actions={
          <Link to="/statements" class="button">
            {t('back')}
          </Link>
        }
      >
        {t('notFoundAdvice')}
      </EmptyState>
    </View>
  );
}

interface KnownProps {
  readonly document: Document;
  /** Reads it again: something was paid or taken back. */
  readonly again: () => void;
}

function Known({ document, again }: KnownProps): JSX.Element {
  const { statement, modules, payments } = document;
  const { id, month, currency, status } = statement;
  const { rights } = useCaller();
  const deployments = modules.reduce((all, one) => all + one.deployments, 0);
  const adjusted = modules.reduce((all, one) => all + one.adjustedDeployments, 0);
  return (
    <>
      <Back to={seesEverybody(rights) ? partnerTarget(statement.partnerId) : undefined} />
      <View
        title={t('document', { month: monthName(month) })}
        subtitle={<Chip kind={statusOf(status).kind}>{statusOf(status).name}</Chip>}
        actions={
          <>
            <Button icon="print" onPress={() => print()}>
              {t('print')}
            </Button>
            <ExportCsv path={`statements/${encodeURIComponent(id)}/lines`} query={{}} />
          </>
        }
        class="statements statement"
      >
        <Card title={t('parties')} label={t('parties')}>
          <div class="statement-head">
            <Parties document={document} />
            <Figures statement={statement} />
          </div>
        </Card>
        <Card title={t('modules')}>
          <ModuleSums modules={modules} currency={currency} />
        </Card>
        <Card title={t('adjustments')}>
          <p class="hint pad">{t('adjustmentsHint')}</p>
          <AdjustmentLines id={id} count={adjusted} currency={currency} />
        </Card>
        <Payments statement={statement} payments={payments} onChange={again} />
        <Card title={t('lines')} aside={<small>{t('linesOf', { count: deployments })}</small>}>
          <RevenueLines id={id} count={deployments} currency={currency} />
        </Card>
        <Card title={t('digest')}>
          <p class="pad">
            <code class="digest">{statement.digest}</code>
          </p>
          <p class="hint pad">{t('digestHint')}</p>
        </Card>
        <ChangesSince id={id} currency={currency} />
      </View>
    </>
  );
}

function Parties({ document: { statement, timeZone } }: { readonly document: Document }): JSX.Element {
  const { id, partnerId, month } = statement;
  const { rights } = useCaller();
  const nameOf = useNames(seesEverybody(rights) ? [partnerId] : [], async (one, signal) =>
    userName(await readUser(one, signal)),
  );
  const first = `${month}-01`;
  const last = addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1);
  const name = nameOf(partnerId);
  return (
    <dl class="facts parties">
      <div>
        <dt>{t('statement')}</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </div>
      <div>
        <dt>{t('from')}</dt>
        <dd>
          <Name text={brand.value.name} />
        </dd>
      </div>
      <div>
        <dt>{t('forPartner')}</dt>
        <dd>
          <Name text={name} /> {name !== partnerId && <code>{partnerId}</code>}
        </dd>
      </div>
      <div>
        <dt>{t('period')}</dt>
        <dd>
          {rangeName(first, last)} <small>{timeZone}</small>
        </dd>
      </div>
    </dl>
  );
}

/** opening + revenue + adjustments = due = payable + carried, in this order. */
function Figures({ statement }: { readonly statement: Statement }): JSX.Element {
  const { currency } = statement;
  const why = whyCarried(statement);
  const rows = ['opening', 'revenue', 'adjustments', 'due', 'payable', 'carried', 'paid', 'open'] as const;
  return (
    <div>
      <dl class="balance-sheet">
        {rows.map((row) => (
          <div key={row} class={row}>
            <dt>{t(row)}</dt>
            <dd>
              <Money amount={statement[row]} currency={currency} isWhole />
            </dd>
          </div>
        ))}
      </dl>
      {why !== null && <p class="hint pad">{why}</p>}
    </div>
  );
}
