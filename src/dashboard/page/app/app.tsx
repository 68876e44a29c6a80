/** The page: sign-in, or the areas that the caller has. */

import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { place } from '../address/router.js';
import { answerOf, api } from '../api/client.js';
import { readPlatform, type Platform } from '../api/settings.js';
import { session } from '../api/session.js';
import { brand } from '../brand/brand.js';
import { useQuestion } from '../question/question.js';
import { CallerContext, type Caller } from '../session/me.js';
import { rightsOf } from '../session/rights.js';
import { areaAt, type Area } from '../shell/area.js';
import { Nothing } from '../shell/nothing.js';
import { remember } from '../shell/remembered.js';
import { Shell } from '../shell/shell.js';
import { t } from '../shell/texts.js';
import { SignIn } from '../sign-in/sign-in.js';
import { textsReady } from '../texts/catalogue.js';
import { Answer, ProblemPanel, Skeleton } from '../ui/answer.js';
import { AREAS } from './areas.js';
import { Panels } from './panels.js';

export function App(): JSX.Element {
  const state = session.value;
  return state === 'signed-in' ? <SignedIn /> : <SignIn isExpired={state === 'expired'} />;
}

function SignedIn(): JSX.Element {
  const caller = useQuestion('caller', (_, signal) => readCaller(signal));
  const answer = caller.shown.value?.answer;
  const known = useMemo(
    () =>
      answer && { ...answer, amendPlatform: (change: Partial<Platform>) => caller.amend(amended(change)) },
    [answer],
  );
  if (known === undefined) {
    const error = caller.error.value;
    return (
      <Shell areas={[]} rights={null} isBusy={error === null}>
        {error === null ? (
          <div class="view">
            <Skeleton />
          </div>
        ) : (
          <ProblemPanel error={error} retry={caller.again} />
        )}
      </Shell>
    );
  }
  return (
    <CallerContext.Provider value={known}>
      <Areas caller={known} />
    </CallerContext.Provider>
  );
}

type CallerData = Omit<Caller, 'amendPlatform'>;

function amended(change: Partial<Platform>): (caller: CallerData) => CallerData {
  return (caller) => ({ ...caller, platform: { ...caller.platform, ...change } });
}

async function readCaller(signal: AbortSignal): Promise<CallerData> {
  const [me, platform] = await Promise.all([
    answerOf(api.GET('/api/auth/me', { signal })),
    readPlatform(signal),
  ]);
  return { rights: rightsOf(me), platform };
}

function Areas({ caller }: { readonly caller: Caller }): JSX.Element {
  const areas = AREAS.filter(({ isFor }) => isFor(caller));
  const { area, id } = areaAt(place.value.path, areas);
  useEffect(() => remember(place.value, areas), [place.value]);
  useEffect(() => {
    document.title = `${area?.label() ?? t('noAccess')} · ${brand.value.name}`;
  });
  return (
    <Shell areas={areas} rights={caller.rights}>
      {area === undefined ? <Nothing /> : <OpenArea key={area.path} area={area} id={id} />}
      <Panels />
    </Shell>
  );
}

/** Loads the code and the texts of an area, and draws it. */
function OpenArea({ area, id }: { readonly area: Area; readonly id: string | null }): JSX.Element {
  const code = useQuestion(area.path, async () => {
    const View = await area.load();
    await textsReady();
    return { View };
  });
  return (
    <Answer
      of={code}
      skeleton={
        <div class="view">
          <Skeleton />
        </div>
      }
    >
      {({ View }) => <View id={id} />}
    </Answer>
  );
}
