import type {CSSProperties} from 'react';
import {Card} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {useLook, useWords} from '../../ui/look.tsx';
import {Link} from '../../ui/router.tsx';
import {Empty, Shown} from '../../ui/states.tsx';
import {Status, type Tone} from '../../ui/status.tsx';
import {lastingIn, useNow, When} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {dueOf, type Outlook, outlookOf} from './outlook.ts';
import type {CutOffs, Workloads} from './types.ts';
import './sites.css';

type Site = CutOffs['sites'][number];
type Load = Workloads['warehouses'][number];

/** Every warehouse: what leaves next, what is missing for it, who works on it. */
export function Sites() {
  const say = useWords(opsWords);
  const cutOffs = useRead<CutOffs>('/v1/ops/cut-offs', {every: LIVE});
  const loads = useRead<Workloads>('/v1/ops/workloads', {every: LIVE});
  return (
    <section className="stack" aria-labelledby="ops-sites">
      <h2 id="ops-sites">{say('sites')}</h2>
      <Shown query={cutOffs} lines={5}>
        {({sites}) =>
          sites.length === 0 ? (
            <Empty title={say('sites_none')}>
              <p>{say('sites_none_how')}</p>
            </Empty>
          ) : (
            <div className="ops-sites">
              {sites.map((site) => (
                <SiteCard
                  key={site.warehouse}
                  site={site}
                  load={loads.data?.warehouses.find(({warehouse}) => warehouse === site.warehouse)}
                />
              ))}
            </div>
          )
        }
      </Shown>
    </section>
  );
}

function SiteCard({site, load}: {site: Site; load: Load | undefined}) {
  const say = useWords(opsWords);
  const due = dueOf(site);
  const later = site.cut_offs.filter(({at, open}) => open > 0 && at !== due?.at);
  return (
    <Card
      title={<bdi>{site.name}</bdi>}
      aside={<Status tone={site.active ? 'good' : 'ended'}>{say(site.active ? 'site_on' : 'site_off')}</Status>}
    >
      <CutOff site={site} />
      {load && <Queue load={load} />}
      {later.length > 0 && <Later later={later} />}
    </Card>
  );
}

const TONES: Readonly<Record<Outlook['kind'], Tone>> = {
  nothing: 'good',
  ready: 'good',
  fine: 'moving',
  nobody: 'wait',
  short: 'bad',
};

/** By the clock of the place: "Mon 4:00 PM". */
function hourIn(locale: string, at: string, timeZone: string): string {
  const parts = {weekday: 'short', hour: 'numeric', minute: '2-digit', timeZone} as const;
  return new Intl.DateTimeFormat(locale, parts).format(new Date(at));
}

/** The cut-off that counts: how long until then, what is missing, and whether the pace is enough. */
function CutOff({site}: {site: Site}) {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const now = useNow();
  const next = dueOf(site);
  const outlook = outlookOf(site, now);
  const time = 'seconds' in outlook ? lastingIn(locale, outlook.seconds) : '';
  const words: Record<Outlook['kind'], string> = {
    nothing: say('all_ready'),
    ready: say('all_ready'),
    fine: say('pace_fine', {time}),
    nobody: say('pace_none'),
    short: say('pace_short', {time}),
  };
  return (
    <div className="ops-cut-off">
      {next && (
        <p>
          <span className="big">{lastingIn(locale, (Date.parse(next.at) - now) / 1_000)}</span>{' '}
          <span className="soft">{say('leaves_at', {time: hourIn(locale, next.at, site.timezone)})}</span>
        </p>
      )}
      {next && next.open > 0 && (
        <>
          <p>{say('to_go', {n: next.open})}</p>
          <ByStage counts={next.by_stage} />
        </>
      )}
      <Status tone={TONES[outlook.kind]}>{words[outlook.kind]}</Status>
      {site.missed > 0 && (
        <p>
          <Link href={`/desk/ops/risk?place=${encodeURIComponent(site.warehouse)}`}>
            {say('missed', {n: site.missed})}
          </Link>
        </p>
      )}
    </div>
  );
}

const ORDER = ['ALLOCATED', 'PICKING', 'SHORT_PICKED', 'PICKED', 'PACKED'] as const;

function ByStage({counts}: {counts: Readonly<Record<string, number>>}) {
  const say = useWords(opsWords);
  return (
    <ul className="ops-by-stage">
      {ORDER.filter((stage) => (counts[stage] ?? 0) > 0).map((stage) => (
        <li key={stage} className={stage} style={{'--share': counts[stage]} as CSSProperties}>
          <strong>{counts[stage]}</strong> {say(`place_${stage}`)}
        </li>
      ))}
    </ul>
  );
}

function Queue({load}: {load: Load}) {
  const say = useWords(opsWords);
  const most = Math.max(1, ...load.done);
  const last = load.done.at(-1) ?? 0;
  return (
    <div className="ops-queue">
      <dl>
        {(['pick', 'pack', 'unpick'] as const).map((kind) => (
          <div key={kind}>
            <dt>{say(`queue_${kind}`)}</dt>
            <dd>{load.open[kind]}</dd>
          </div>
        ))}
      </dl>
      <div className="ops-pace" role="img" aria-label={say('done_hours', {list: load.done.join(', ')})}>
        {load.done.map((n, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is known by its place
          <i key={i} style={{'--height': n / most} as CSSProperties} />
        ))}
      </div>
      <p className="soft">
        {say('done_last', {n: last})} · {say('people', {n: load.people})}
      </p>
      {load.waits_since && <OldestTask at={load.waits_since} />}
    </div>
  );
}

function OldestTask({at}: {at: string}) {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const now = useNow();
  return <p className="soft">{say('oldest_task', {time: lastingIn(locale, (now - Date.parse(at)) / 1_000)})}</p>;
}

function Later({later}: {later: Site['cut_offs']}) {
  const say = useWords(opsWords);
  return (
    <p className="soft">
      {say('later_cut_offs')}:{' '}
      {later.map(({at, open}, i) => (
        <span key={at}>
          {i > 0 && ' · '}
          {open} (<When at={at} />)
        </span>
      ))}
    </p>
  );
}
