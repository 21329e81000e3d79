import {Stat} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {useLook, useUiWords, useWords} from '../../ui/look.tsx';
import {Shown} from '../../ui/states.tsx';
import {lastingIn, useNow} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {CarrierStrip} from './carrier-strip.tsx';
import {ExceptionsCard} from './exceptions.tsx';
import {FlowPicture} from './flow-picture.tsx';
import {nextOf} from './outlook.ts';
import {Rhythm} from './rhythm.tsx';
import {Sites} from './sites.tsx';
import type {CutOffs, Exceptions, Flow, LateRisks} from './types.ts';

/** Where the work of today stands, what is in its way, and what has to leave next. */
export function Today() {
  const say = useWords(opsWords);
  const flow = useRead<Flow>('/v1/ops/flow', {every: LIVE});
  return (
    <>
      <h1 className="spoken">{say('page_today')}</h1>
      <Head flow={flow.data} />
      <Shown query={flow} lines={8}>
        {({stages, hours}) => (
          <>
            <FlowPicture stages={stages} />
            <div className="ops-columns">
              <div className="stack">
                <Rhythm hours={hours} />
                <CarrierStrip />
              </div>
              <ExceptionsCard />
            </div>
          </>
        )}
      </Shown>
      <Sites />
    </>
  );
}

function Head({flow}: {flow: Flow | undefined}) {
  const say = useWords(opsWords);
  const ui = useUiWords();
  const late = useRead<LateRisks>('/v1/ops/late-risk?limit=1', {every: LIVE});
  const exceptions = useRead<Exceptions>('/v1/ops/exceptions?limit=5', {every: LIVE});
  const [risks, waiting] = [late.data?.counts, exceptions.data?.counts];
  const under = flow?.stages.reduce((sum, {now}) => sum + now, 0);
  const danger = risks && risks.late + risks.high;
  const waits = waiting && waiting.high + waiting.medium + waiting.low;
  return (
    <div className="ops-head">
      <Stat label={say('under_way')} value={under ?? '…'} hint={say('under_way_how')} tone="moving" />
      <Stat
        label={say('in_danger')}
        value={danger ?? '…'}
        hint={risks ? say('in_danger_how', risks) : late.error && ui('failed')}
        tone={risks === undefined ? 'still' : danger ? 'bad' : 'good'}
        href="/desk/ops/risk"
      />
      <Stat
        label={say('waiting_for_us')}
        value={waits ?? '…'}
        hint={waiting ? say('waiting_how', waiting) : exceptions.error && ui('failed')}
        tone={waiting === undefined ? 'still' : waiting.high > 0 ? 'bad' : waits ? 'wait' : 'good'}
        href="/desk/ops/exceptions"
      />
      <NextCutOff />
    </div>
  );
}

function NextCutOff() {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const now = useNow();
  const sites = useRead<CutOffs>('/v1/ops/cut-offs', {every: LIVE}).data?.sites ?? [];
  const soonest = nextOf(sites);
  if (!soonest) return <Stat label={say('next_cut_off')} value="–" hint={say('no_cut_off')} />;
  return (
    <Stat
      label={say('next_cut_off')}
      value={lastingIn(locale, (Date.parse(soonest.at) - now) / 1_000)}
      hint={say('cut_off_how', {place: soonest.name, n: soonest.open})}
      tone="wait"
    />
  );
}
