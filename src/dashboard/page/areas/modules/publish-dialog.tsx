import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { goTo } from '../../address/router.js';
import { publishModule, type Module, type NewModule } from '../../api/modules.js';
import { isPlatformId } from '../../api/platform-id.js';
import { readUsers, userName } from '../../api/users.js';
import { refusedField, useWriting } from '../../question/writing.js';
import { Chip } from '../../ui/chip.js';
import { Combobox, type Choice } from '../../ui/combobox.js';
import { Select, TextField } from '../../ui/field.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { toast } from '../../ui/toast.js';
import { suggestedId } from './module-id.js';
import { NameField, PriceFields, useModuleForm } from './module-fields.js';
import { useModuleRights } from './rights.js';
import { t } from './texts.js';

/** To whom a new module belongs; `null` as the partner: not chosen yet. */
type Owner = { readonly kind: 'platform' } | { readonly kind: 'partner'; readonly partner: Choice | null };

/** Publishes a module: a partner for itself, an admin for any partner or for the platform. */
export function PublishDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { publishesForOthers } = useModuleRights();
  const state = useModuleForm(null);
  const [typedId, setTypedId] = useState<string | null>(null);
  const [owner, setOwner] = useState<Owner>({ kind: 'partner', partner: null });
  const [isTried, setTried] = useState(false);
  const writing = useWriting<Module>((outcome) => {
    if (outcome.kind !== 'done') return;
    toast(t('created', { name: outcome.answer.name }));
    onClose();
    goTo(`/modules/${encodeURIComponent(outcome.answer.id)}`);
  });
  const id = typedId ?? suggestedId(state.form.name);
  const lacksPartner = publishesForOthers && owner.kind === 'partner' && owner.partner === null;
  const submit = (): void => {
    setTried(true);
    if (!state.isValid || state.price === null || !isPlatformId(id) || lacksPartner) return;
    const { name, requiresPurchasedCredits } = state.form;
    const body: NewModule = {
      id,
      name: name.trim(),
      creditCost: state.price,
      requiresPurchasedCredits,
      ...(publishesForOthers
        ? { partnerId: owner.kind === 'partner' ? (owner.partner?.id ?? null) : null }
        : {}),
    };
    writing.send((headers, signal) => publishModule(body, headers, signal));
  };
  const fields = { state, isTried, refused: (field: string) => refusedField(writing, field) };
  return (
    <FormDialog
      title={t('publishTitle')}
      action={t('publishAction')}
      writing={writing}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField {...fields} />
      <TextField
        label={t('id')}
        hint={t('idHint')}
        value={id}
        onInput={setTypedId}
        error={isTried && !isPlatformId(id) ? t('idWrong') : refusedField(writing, 'id')}
      />
      {publishesForOthers && (
        <OwnerFields
          owner={owner}
          onChoose={setOwner}
          error={isTried && lacksPartner ? t('choosePartner') : undefined}
        />
      )}
      <PriceFields {...fields} />
    </FormDialog>
  );
}

interface OwnerFieldsProps {
  readonly owner: Owner;
  readonly onChoose: (owner: Owner) => void;
  readonly error: string | undefined;
}

function OwnerFields({ owner, onChoose, error }: OwnerFieldsProps): JSX.Element {
  const partner = owner.kind === 'partner' ? owner.partner : null;
  return (
    <>
      <Select
        label={t('owner')}
        value={owner.kind}
        options={[
          { value: 'partner', label: t('ownerPartner') },
          { value: 'platform', label: t('ownerPlatform') },
        ]}
        onChoose={(kind) => onChoose(kind === 'partner' ? { kind, partner: null } : { kind })}
      />
      {partner !== null && (
        <p>
          <Chip
            remove={{ name: partner.label, onRemove: () => onChoose({ kind: 'partner', partner: null }) }}
          >
            <bdi>{partner.label}</bdi>
          </Chip>
        </p>
      )}
      {owner.kind === 'partner' && partner === null && (
        <Combobox
          label={t('partner')}
          hint={t('addPartnerHint')}
          error={error}
          find={findPartners}
          onChoose={(choice) => onChoose({ kind: 'partner', partner: choice })}
        />
      )}
    </>
  );
}

async function findPartners(q: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const { data } = await readUsers({ role: 'partner', limit: 20, ...(q === '' ? {} : { q }) }, signal);
  return data.map((user) => ({ id: user.id, label: userName(user), note: user.id }));
}
