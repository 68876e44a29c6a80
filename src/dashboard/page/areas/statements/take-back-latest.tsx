import type { JSX } from 'preact';
import { readPayments } from '../../api/statements.js';
import { useQuestion } from '../../question/question.js';
import { Answer } from '../../ui/answer.js';
import { TakeBackDialog, type TakeBackDialogProps } from './take-back-dialog.js';

/** Takes back the latest payment of a statement that is not taken back. */
export function TakeBackLatest(props: Omit<TakeBackDialogProps, 'payment'>): JSX.Element {
  const payments = useQuestion(props.statement.id, readPayments);
  return (
    <Answer of={payments} skeleton={null}>
      {(known) => {
        const latest = known.findLast(({ reverses, reversedBy }) => reverses === null && reversedBy === null);
        return latest !== undefined && <TakeBackDialog {...props} payment={latest} />;
      }}
    </Answer>
  );
}
