import {type CSSProperties, type ReactNode, useEffect} from 'react';
import {beWatched} from '../../ui/api.ts';
import {LIVE, useRead} from '../../ui/data.ts';
import {useLook, useWords} from '../../ui/look.tsx';
import {Link} from '../../ui/router.tsx';
import {Shown} from '../../ui/states.tsx';
import {Status, type Tone} from '../../ui/status.tsx';
import {lastingIn, useNow} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {nextOf} from './outlook.ts';
import {heightOf} from './pile.ts';
import {useAlarms} from './wall-alarms.ts';
import type {CutOffs, Exceptions, Flow, LateRisks} from './types.ts';
import './wall.css';

/** For a screen on a wall: read from five metres, touched by nobody, dark. It keeps its session while it is shown. */
export function Wall() {
  const say = useWords(opsWords);
  const flow = useRead<Flow>('/v1/ops/flow', {every: LIVE});
  useEffect(beWatched, []);
  return (
    <div className="ops-wall" data-theme="dark">
      <h1 className="spoken">{say('page_wall')}</h1>
      <Shown query={flow} lines={8}>
        {(data) => (
          <>
            <Alarms at={flow.dataUpdatedAt} />
            <Piles flow={data} />
            <Figures />
          </>
        )}
      </Shown>
      <Link href="/desk/ops" className="leave">
        {say('wall_leave')}
      </Link>
    </div>
  );
}

/** What people say of the way, and the stages that belong to it. */
const COLUMNS = [
  {word: 'wall_intake', stages: ['payment', 'check']},
  {word: 'wall_pick', stages: ['ALLOCATED']},
  {word: 'wall_picking', stages: ['PICKING', 'SHORT_PICKED']},
  {word: 'wall_pack', stages: ['PICKED']},
  {word: 'wall_ship', stages: ['PACKED']},
  {word: 'wall_road', stages: ['IN_TRANSIT', 'OUT_FOR_DELIVERY']},
] as const;

function Piles({flow: {stages}}: {flow: Flow}) {
  const say = useWords(opsWords);
  const columns = COLUMNS.map(({word, stages: names}) => {
    const own = stages.filter(({stage}) => names.some((name) => name === stage));
    const sum = (of: 'now' | 'over') => own.reduce((all, stage) => all + stage[of], 0);
    return {word, now: sum('now'), over: sum('over')};
  });
  const most = Math.max(...columns.map(({now}) => now));
  return (
    <ol className="piles">
      {columns.map(({word, now, over}) => (
        <li key={word} style={{'--height': heightOf(now, most), '--over': now === 0 ? 0 : over / now} as CSSProperties}>
          <span className="n">{now}</span>
          <span className="bar" aria-hidden="true">
            <i />
          </span>
          <span className="name">{say(word)}</span>
        </li>
      ))}
    </ol>
  );
}

function Figures() {
  const say = useWords(opsWords);
  const risks = useRead<LateRisks>('/v1/ops/late-risk?limit=1', {every: LIVE}).data?.counts;
  const waiting = useRead<Exceptions>('/v1/ops/exceptions?limit=5', {every: LIVE}).data?.counts;
  return (
    <dl className="figures">
      <Figure name={say('wall_late')} tone={risks?.late ? 'bad' : 'good'}>
        {risks?.late ?? '…'}
      </Figure>
      <Figure name={say('wall_danger')} tone={risks?.high ? 'wait' : 'good'}>
        {risks?.high ?? '…'}
      </Figure>
      <Figure name={say('wall_urgent')} tone={waiting?.high ? 'bad' : 'good'}>
        {waiting?.high ?? '…'}
      </Figure>
      <NextCutOff />
    </dl>
  );
}

function Figure({name, tone, children}: {name: string; tone: Tone; children: ReactNode}) {
  return (
    <div className={tone}>
      <dt>
        <Status tone={tone}>{name}</Status>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function NextCutOff() {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const now = useNow();
  const sites = useRead<CutOffs>('/v1/ops/cut-offs', {every: LIVE}).data?.sites ?? [];
  const next = nextOf(sites);
  if (!next) return null;
  return (
    <Figure name={say('wall_cut_off', {place: next.warehouse})} tone="moving">
      <span>{lastingIn(locale, (Date.parse(next.at) - now) / 1_000)}</span>{' '}
      <small>{say('wall_to_go', {n: next.open})}</small>
    </Figure>
  );
}

/** What is down or off, beside the time; that nothing was heard comes before everything. */
function Alarms({at}: {at: number}) {
  const {locale} = useLook();
  const now = useNow();
  const alarms = useAlarms(at);
  const clock = new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit'});
  return (
    <header>
      <time className="clock">{clock.format(new Date(now))}</time>
      <div role="status">
        <ul className="alarms">
          {alarms.map(({text, tone}) => (
            <li key={text}>
              <Status tone={tone}>{text}</Status>
            </li>
          ))}
        </ul>
      </div>
    </header>
  );
}
