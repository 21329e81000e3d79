import {useState} from 'react';
import {Card, Tabs} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {useWords} from '../../ui/look.tsx';
import {Link, useQueryValue} from '../../ui/router.tsx';
import {Empty, Shown} from '../../ui/states.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {useMe} from '../me.ts';
import {ExceptionRow} from './exception-row.tsx';
import {PAGE, Pager} from './pager.tsx';
import type {Exceptions} from './types.ts';

/** The most severe of them, for today's page. */
export function ExceptionsCard() {
  const say = useWords(opsWords);
  const list = useRead<Exceptions>('/v1/ops/exceptions?limit=5', {every: LIVE});
  return (
    <Card title={say('exceptions')} aside={<Link href="/desk/ops/exceptions">{say('show_all')}</Link>}>
      <Shown query={list} lines={5}>
        {({items}) => <List items={items} />}
      </Shown>
    </Card>
  );
}

function List({items}: Pick<Exceptions, 'items'>) {
  const say = useWords(opsWords);
  if (items.length === 0) {
    return (
      <Empty title={say('exceptions_none')}>
        <p>{say('exceptions_none_how')}</p>
      </Empty>
    );
  }
  return (
    <ul className="ops-exceptions">
      {items.map((one) => (
        <ExceptionRow key={one.key} of={one} />
      ))}
    </ul>
  );
}

/** Everything that stands still until a person does something, with what to do about it. */
export function ExceptionsPage() {
  const say = useWords(opsWords);
  const me = useMe();
  const [kept, keep] = useQueryValue('of');
  const [from, goFrom] = useState(0);
  const tab = kept === 'nobody' || kept === 'mine' ? kept : 'all';
  const owner = {all: '', nobody: '&owner=nobody', mine: `&owner=${encodeURIComponent(me.client)}`}[tab];
  const list = useRead<Exceptions>(`/v1/ops/exceptions?limit=${PAGE}&from=${from}${owner}`, {every: LIVE});
  const counts = list.data?.counts;
  const totals = counts && {
    all: counts.high + counts.medium + counts.low,
    nobody: counts.nobodys,
    mine: counts.mine,
  };
  const tabs = (['all', 'nobody', 'mine'] as const).map((key) => ({
    ...{key, label: say(`filter_${key}`)},
    ...(totals && {count: totals[key]}),
  }));
  const choose = (key: string) => {
    goFrom(0);
    keep(key === 'all' ? '' : key);
  };
  return (
    <>
      <h1>{say('exceptions')}</h1>
      <Tabs tabs={tabs} value={tab} label={say('exceptions')} onChange={choose} />
      <Shown query={list} lines={8}>
        {({items, next}) => (
          <>
            <List items={items} />
            <Pager {...{from, next}} shown={items.length} of={totals?.[tab] ?? 0} onFrom={goFrom} />
          </>
        )}
      </Shown>
    </>
  );
}
