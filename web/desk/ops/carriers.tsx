import type {CSSProperties} from 'react';
import {Card, Facts} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {useLook, useWords} from '../../ui/look.tsx';
import {Empty, Shown} from '../../ui/states.tsx';
import {Status, type Tone} from '../../ui/status.tsx';
import {type Moment, Timeline} from '../../ui/timeline.tsx';
import {momentIn, relativeIn, useNow} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {CARRIER_TONES, stateOf} from './carrier-state.ts';
import type {Carrier, Carriers} from './types.ts';
import './carriers.css';

/** Each carrier's last day: how it is, what went around it and to whom, what happened. */
export function CarriersPage() {
  const say = useWords(opsWords);
  const carriers = useRead<Carriers>('/v1/ops/carriers', {every: LIVE});
  return (
    <>
      <h1>{say('carriers')}</h1>
      <Shown query={carriers} lines={8}>
        {({carriers: list}) =>
          list.length === 0 ? (
            <Empty title={say('carriers_none')}>
              <p>{say('carriers_none_how')}</p>
            </Empty>
          ) : (
            <div className="ops-carriers">
              {list.map((carrier) => (
                <CarrierCard key={carrier.carrier} carrier={carrier} />
              ))}
            </div>
          )
        }
      </Shown>
    </>
  );
}

function CarrierCard({carrier}: {carrier: Carrier}) {
  const say = useWords(opsWords);
  const state = stateOf(carrier);
  return (
    <Card
      title={<bdi>{carrier.carrier}</bdi>}
      aside={<Status tone={CARRIER_TONES[state]}>{say(`state_${state}`)}</Status>}
    >
      <Why carrier={carrier} />
      <Around carrier={carrier} />
      <Record carrier={carrier} />
      <h3>{say('turns')}</h3>
      {carrier.turns.length === 0 ? (
        <p className="soft">{say('no_turns')}</p>
      ) : (
        <Timeline moments={carrier.turns.map((turn, i) => momentOf(turn, i, say))} />
      )}
    </Card>
  );
}

/** Why it is not asked for labels, and what happens next. */
function Why({carrier}: {carrier: Carrier}) {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const now = useNow();
  const {active, state, reason, until, opened_at, probe_at, failures} = carrier;
  if (!active) {
    return (
      <div className="ops-why ended">
        {reason && (
          <p>
            <q>{reason}</q>
          </p>
        )}
        {until && <p>{say('until', {time: momentIn(locale, until)})}</p>}
      </div>
    );
  }
  if (state === 'closed') return null;
  const probe = probe_at === null ? now : Date.parse(probe_at);
  return (
    <div className={`ops-why ${CARRIER_TONES[state]}`}>
      {opened_at && <p className="title">{say('since', {time: momentIn(locale, opened_at)})}</p>}
      <p>{say('failures', {n: failures})}</p>
      {state === 'open' && (
        <p>{probe > now ? say('next_try', {time: relativeIn(locale, probe, now)}) : say('next_try_now')}</p>
      )}
    </div>
  );
}

/** The parcels it would have had, and who has them now. */
function Around({carrier: {routed_around, went_to}}: {carrier: Carrier}) {
  const say = useWords(opsWords);
  if (routed_around === 0) return <p className="soft">{say('around_none')}</p>;
  return (
    <div className="ops-around">
      <p>{say('around', {n: routed_around})}</p>
      <ul>
        {went_to.map(({carrier, parcels}) => (
          <li key={carrier} style={{'--share': parcels / routed_around} as CSSProperties}>
            {say('went_to', {n: parcels, carrier})}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Record({carrier: {bought, on_the_road, arrived, on_time}}: {carrier: Carrier}) {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const share = new Intl.NumberFormat(locale, {style: 'percent'}).format(on_time / Math.max(1, arrived));
  return (
    <Facts
      facts={[
        [say('bought'), bought],
        [say('on_the_road'), on_the_road],
        [say('on_time'), arrived === 0 ? say('no_record') : say('on_time_of', {share, n: arrived})],
      ]}
    />
  );
}

const TURN_TONES: Readonly<Record<string, Tone>> = {
  closed: 'good',
  open: 'bad',
  half_open: 'wait',
  switched_off: 'ended',
  switched_on: 'good',
};

function momentOf(
  {at, state, failures, reason, actor}: Carrier['turns'][number],
  i: number,
  say: ReturnType<typeof useWords<typeof opsWords.en>>,
): Moment {
  const counted = state === 'open' && failures ? say('turn_failures', {n: failures}) : null;
  return {
    key: `${at} ${i}`,
    at,
    title: say.maybe(`turn_${state}`, {who: actor ?? ''}) ?? state,
    detail: reason ? <q>{reason}</q> : counted,
    tone: TURN_TONES[state] ?? 'still',
  };
}
