import {useEffect, useState} from 'react';
import {Card} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {Search} from '../../ui/field.tsx';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {useQueryValue} from '../../ui/router.tsx';
import {Empty, Shown} from '../../ui/states.tsx';
import {Status} from '../../ui/status.tsx';
import {type Column, Table} from '../../ui/table.tsx';
import {When} from '../../ui/when.tsx';
import {orderWords} from '../../words/order/index.ts';
import {supportWords} from '../../words/support/index.ts';
import {type Found, toneOf} from './types.ts';

const TYPING_MS = 250;

/** Search first; without words, the newest orders. */
export function Home() {
  const say = useWords(supportWords);
  const [kept, keep] = useQueryValue('q');
  const [typed, type] = useState(kept);
  useEffect(() => {
    const timer = setTimeout(() => keep(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <>
      <div className="stack support-home">
        <h1>{say('title')}</h1>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            document.querySelector<HTMLElement>('[data-row]')?.focus();
          }}
        >
          <Search label={say('search')} value={typed} onChange={(event) => type(event.target.value)} autoFocus />
        </form>
        <p className="soft">{say('search_how')}</p>
      </div>
      {kept === '' ? <Newest /> : <Results q={kept} />}
    </>
  );
}

type Row = Omit<Found['results'][number], 'name' | 'city' | 'found_by'> & Partial<Found['results'][number]>;

function Results({q}: {q: string}) {
  const say = useWords(supportWords);
  const found = useRead<Found>(`/v1/search?q=${encodeURIComponent(q)}`);
  return (
    <Shown query={found} lines={6}>
      {({results, more}) =>
        results.length === 0 ? (
          <Empty title={say('none', {q})}>
            <p>{say('none_how')}</p>
          </Empty>
        ) : (
          <Card>
            <Orders rows={results} caption={say('title')} />
            {more && <p className="soft">{say('more')}</p>}
          </Card>
        )
      }
    </Shown>
  );
}

function Newest() {
  const say = useWords(supportWords);
  const list = useRead<Row[]>('/v1/orders?limit=20', {every: LIVE});
  return (
    <Shown query={list} lines={8}>
      {(rows) => (
        <Card title={say('recent')}>
          {rows.length === 0 ? <Empty /> : <Orders rows={rows} caption={say('recent')} />}
        </Card>
      )}
    </Shown>
  );
}

function Orders({rows, caption}: {rows: readonly Row[]; caption: string}) {
  const say = useWords(supportWords);
  const order = useWords(orderWords);
  const columns: Column<Row>[] = [
    {key: 'order', head: say('order'), cell: ({number}) => <bdi className="support-number">{number}</bdi>},
    {
      key: 'state',
      head: say('state'),
      cell: ({status, waiting_on}) => (
        <div className="support-state">
          <Status tone={toneOf(status)}>{order.maybe(`status_${status}`) ?? status}</Status>
          {waiting_on && (
            <span className="soft">
              {say('waits_for', {what: order.maybe(`waiting_${waiting_on.name}`) ?? waiting_on.name})}
            </span>
          )}
        </div>
      ),
    },
    {key: 'placed', head: say('placed'), cell: ({placed_at}) => <When at={placed_at} exact />},
    {key: 'total', head: say('total'), cell: ({total}) => <Money of={total} />, end: true},
  ];
  const person: Column<Row> = {key: 'customer', head: say('customer'), cell: (row) => <Person {...row} />};
  const why: Column<Row> = {key: 'found', head: say('found'), cell: ({found_by = []}) => <Why found={found_by} />};
  const all = rows.some(({found_by}) => found_by)
    ? [...columns.slice(0, 1), person, ...columns.slice(1), why]
    : columns;
  return (
    <Table
      caption={caption}
      columns={all}
      rows={rows}
      id={({order_id}) => order_id}
      href={({order_id}) => `/desk/support/${order_id}`}
    />
  );
}

function Person({name, city}: Row) {
  return (
    <div className="support-person">
      <bdi title={name ?? undefined}>{name}</bdi>
      {city && <span className="soft"> {city}</span>}
    </div>
  );
}

function Why({found}: {found: Found['results'][number]['found_by']}) {
  const say = useWords(supportWords);
  const words = found.map(({kind, likeness}) => say.maybe(`found_${kind}_${likeness}`) ?? say.maybe(`found_${kind}`));
  return <span className="soft">{words.join(' · ')}</span>;
}
