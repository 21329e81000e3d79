import type {CSSProperties} from 'react';
import {Card} from '../../ui/card.tsx';
import {useLook, useWords} from '../../ui/look.tsx';
import {Link} from '../../ui/router.tsx';
import {Empty} from '../../ui/states.tsx';
import {Status} from '../../ui/status.tsx';
import {lastingIn} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {BESIDE, heightOf, isGrowing, toneOfPile} from './pile.ts';
import type {Stage} from './types.ts';
import './flow.css';

/** The way of an order as piles beside each other; each leads to what stands there. */
export function FlowPicture({stages}: {stages: readonly Stage[]}) {
  const say = useWords(opsWords);
  const way = stages.filter(({stage}) => !BESIDE.has(stage));
  const beside = stages.filter(({stage}) => BESIDE.has(stage));
  const most = Math.max(...stages.map(({now}) => now));
  return (
    <Card title={say('flow')}>
      {most === 0 ? (
        <Empty title={say('flow_none')}>
          <p>{say('flow_none_how')}</p>
        </Empty>
      ) : (
        <>
          <p className="soft ops-how">{say('flow_how')}</p>
          <ol className="ops-flow">
            {way.map((stage) => (
              <Pile key={stage.stage} stage={stage} most={most} />
            ))}
          </ol>
          <h3>{say('beside')}</h3>
          <ul className="ops-beside">
            {beside.map((stage) => (
              <Aside key={stage.stage} stage={stage} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

const nameOf = (say: ReturnType<typeof useWords<typeof opsWords.en>>, stage: string) =>
  say.maybe(`place_${stage}`) ?? stage;

function Pile({stage, most}: {stage: Stage; most: number}) {
  const say = useWords(opsWords);
  const {now, over} = stage;
  const measures = {'--height': heightOf(now, most), '--over': now === 0 ? 0 : over / now} as CSSProperties;
  return (
    <li className={`ops-pile ${toneOfPile(stage)}`} style={measures}>
      <Link href={`/desk/ops/flow/${stage.stage}`}>
        <span className="name">{nameOf(say, stage.stage)}</span>
        <span className="n">{now}</span>
        <span className="bar" aria-hidden="true">
          <i />
        </span>
      </Link>
      <div className="about">
        {over > 0 && <Status tone={toneOfPile(stage)}>{say('over', {n: over})}</Status>}
        {isGrowing(stage) && <span className="growing">▲ {say('growing')}</span>}
        <Lasting stage={stage} />
        <span>{say('moves', {in: stage.arrived_hour, out: stage.left_hour})}</span>
      </div>
    </li>
  );
}

function Lasting({stage: {median_s, usual_s}}: {stage: Stage}) {
  const say = useWords(opsWords);
  const {locale} = useLook();
  if (median_s === null) return null;
  const time = lastingIn(locale, median_s);
  return (
    <span>
      {usual_s === null ? say('half_for', {time}) : say('half_usual', {time, usual: lastingIn(locale, usual_s)})}
    </span>
  );
}

function Aside({stage}: {stage: Stage}) {
  const say = useWords(opsWords);
  return (
    <li className={stage.now === 0 ? 'none' : undefined}>
      <Link href={`/desk/ops/flow/${stage.stage}`}>
        <span className="n">{stage.now}</span> {nameOf(say, stage.stage)}
      </Link>
      {stage.over > 0 && <Status tone={toneOfPile(stage)}>{say('over', {n: stage.over})}</Status>}
    </li>
  );
}
