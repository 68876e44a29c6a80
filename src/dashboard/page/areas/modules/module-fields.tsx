/** The fields of a module as people fill them in. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Module } from '../../api/modules.js';
import { Checkbox, TextField } from '../../ui/field.js';
import { t } from './texts.js';

/** As the service accepts credits: at most 12 digits and 6 places. */
const CREDITS = /^(0|[1-9]\d{0,11})(\.\d{1,6})?$/;
const LONGEST_NAME = 200;

/** Typed credits in the service's spelling; null if they are none. A comma is a decimal comma. */
export function typedCredits(typed: string): string | null {
  const text = typed
    .trim()
    .replace(/^(\d+),(\d{1,2}|\d{4,6})$/, '$1.$2')
    .replace(/^0+(?=\d)/, '');
  return CREDITS.test(text) ? text : null;
}

interface ModuleForm {
  readonly name: string;
  readonly creditCost: string;
  readonly requiresPurchasedCredits: boolean;
}

export interface FormState {
  readonly form: ModuleForm;
  readonly change: (change: Partial<ModuleForm>) => void;
  /** The price in the service's spelling; null: it is none yet. */
  readonly price: string | null;
  readonly isValid: boolean;
}

export function useModuleForm(module: Module | null): FormState {
  const [form, setForm] = useState<ModuleForm>({
    name: module?.name ?? '',
    creditCost: module?.creditCost ?? '',
    requiresPurchasedCredits: module?.requiresPurchasedCredits ?? false,
  });
  const price = typedCredits(form.creditCost);
  const isNamed = form.name.trim() !== '' && form.name.trim().length <= LONGEST_NAME;
  return {
    form,
    change: (part) => setForm((before) => ({ ...before, ...part })),
    price,
    isValid: isNamed && price !== null,
  };
}

export interface ModuleFieldsProps {
  readonly state: FormState;
  /** Whether the form was submitted once: only then is missing input an error. */
  readonly isTried: boolean;
  readonly refused: (field: string) => string | undefined;
  readonly hint?: string;
}

export function NameField({ state, isTried, refused }: ModuleFieldsProps): JSX.Element {
  const { form, change } = state;
  const isWrong = isTried && (form.name.trim() === '' || form.name.trim().length > LONGEST_NAME);
  return (
    <TextField
      label={t('name')}
      value={form.name}
      onInput={(name) => change({ name })}
      error={isWrong ? t('nameWrong') : refused('name')}
    />
  );
}

export function PriceFields({ state, isTried, refused, hint }: ModuleFieldsProps): JSX.Element {
  const { form, change, price } = state;
  return (
    <>
      <TextField
        label={t('newPrice')}
        inputMode="decimal"
        value={form.creditCost}
        onInput={(creditCost) => change({ creditCost })}
        hint={hint}
        error={isTried && price === null ? t('priceWrong') : refused('creditCost')}
      />
      <Checkbox
        isChecked={form.requiresPurchasedCredits}
        onChange={(requiresPurchasedCredits) => change({ requiresPurchasedCredits })}
        title={t('onlyPurchasedHint')}
      >
        {t('onlyPurchased')}
      </Checkbox>
    </>
  );
}
