/** One deployment of the caller: its price, and the credits that paid for it. */

import type { JSX } from 'preact';
import { readDeployment, type Deployment } from '../../api/credits.js';
import { readModule } from '../../api/modules.js';
import { Pool } from '../../credits/balance.js';
import { t as creditsText } from '../../credits/texts.js';
import { useQuestion } from '../../question/question.js';
import { Answer } from '../../ui/answer.js';
import { Drawer } from '../../ui/dialog.js';
import { Credits, DateTime, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { t } from './texts.js';

export interface DeploymentDrawerProps {
  readonly id: string;
  readonly onClose: () => void;
}

interface Told {
  readonly deployment: Deployment;
  readonly moduleName: string;
}

export function DeploymentDrawer({ id, onClose }: DeploymentDrawerProps): JSX.Element {
  const told = useQuestion(id, readWithName);
  const name = told.shown.value?.answer.moduleName;
  return (
    <Drawer title={name === undefined ? t('deployment') : <Name text={name} />} onClose={onClose}>
      <Answer of={told}>{({ deployment }) => <Details deployment={deployment} />}</Answer>
    </Drawer>
  );
}

async function readWithName(id: string, signal: AbortSignal): Promise<Told> {
  const deployment = await readDeployment(id, signal);
  const { moduleId } = deployment;
  const moduleName = await readModule(moduleId, signal).then(
    ({ name }) => name,
    () => moduleId,
  );
  return { deployment, moduleName };
}

function Details({ deployment }: { readonly deployment: Deployment }): JSX.Element {
  const { id, createdAt, creditCost, freeCredits, purchasedCredits, unpaidCredits, refundedCredits } =
    deployment;
  const parts = [
    ['free', freeCredits],
    ['purchased', purchasedCredits],
    ['unpaid', unpaidCredits],
    ['refunded', refundedCredits],
  ] as const;
  return (
    <div class="stack">
      <p class="subtitle">
        {t.rich('deployedAt', { when: <DateTime instant={createdAt} /> })} · <code>{id}</code>
      </p>
      <dl class="balance-figures in-drawer">
        <div class="hero">
          <dt>{t('cost')}</dt>
          <dd>
            <Credits amount={creditCost} />
          </dd>
        </div>
        {parts
          .filter(([, amount]) => amount !== '0')
          .map(([part, amount]) => (
            <div key={part}>
              <dt>
                <i class={`swatch ${part}Credits`} aria-hidden="true" /> {t(part)}
              </dt>
              <dd>
                <Credits amount={amount} />
              </dd>
            </div>
          ))}
      </dl>
      <section class="chapter">
        <h3>{t('fromLots')}</h3>
        <Pieces pieces={deployment.pieces} />
      </section>
    </div>
  );
}

type Piece = Deployment['pieces'][number];

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }): JSX.Element {
  if (pieces.length === 0) return <p class="hint">{t('noPieces')}</p>;
  const columns: readonly Column<Piece & { place: number }>[] = [
    {
      id: 'lot',
      head: creditsText('lot'),
      isRowHead: true,
      cell: ({ pool, lotId }) => (
        <span class="lot-name">
          <Pool pool={pool} /> <code>{lotId}</code>
        </span>
      ),
    },
    {
      id: 'credits',
      head: creditsText('credits'),
      kind: 'number',
      cell: ({ credits }) => <Credits amount={credits} />,
    },
  ];
  return (
    <Table
      caption={t('lotsCaption')}
      columns={columns}
      rows={pieces.map((piece, place) => ({ ...piece, place }))}
      keyOf={({ place }) => String(place)}
    />
  );
}
