import type { ComponentChildren, JSX } from 'preact';
import { Money } from '../../ui/figures.js';

interface Fact {
  readonly name: ComponentChildren;
  readonly amount: string;
}

export interface FactsProps {
  /** ISO 4217. */
  readonly currency: string;
  /** The figure that is read first. */
  readonly hero?: Fact;
  readonly facts: readonly Fact[];
}

/** Amounts with their names. */
export function Facts({ currency, hero, facts }: FactsProps): JSX.Element {
  const all = [...(hero === undefined ? [] : [{ ...hero, isHero: true }]), ...facts];
  return (
    <dl class="balance-figures">
      {all.map((fact, index) => (
        <div key={index} class={'isHero' in fact ? 'hero' : ''}>
          <dt>{fact.name}</dt>
          <dd>
            <Money amount={fact.amount} currency={currency} isAlone />
          </dd>
        </div>
      ))}
    </dl>
  );
}
