import {useState} from 'react';
import {Card, Stat} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {Select} from '../../ui/field.tsx';
import {useLook, useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {useQueryValue} from '../../ui/router.tsx';
import {Empty, Shown} from '../../ui/states.tsx';
import {Status, type Tone} from '../../ui/status.tsx';
import {type Column, Table} from '../../ui/table.tsx';
import {When} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {OrderLink} from './order-link.tsx';
import {PAGE, Pager} from './pager.tsx';
import type {CutOffs, LateRisks} from './types.ts';

type Row = LateRisks['items'][number];

const LEVELS = ['late', 'high', 'medium', 'low'] as const;
const TONES: Readonly<Record<Row['level'], Tone>> = {late: 'bad', high: 'bad', medium: 'wait', low: 'good'};

/** Promises in danger, the worst first, each with its reason. */
export function RiskPage() {
  const say = useWords(opsWords);
  const [place, choose] = useQueryValue('place');
  const [from, goFrom] = useState(0);
  const narrowed = place === '' ? '' : `&warehouse=${encodeURIComponent(place)}`;
  const list = useRead<LateRisks>(`/v1/ops/late-risk?limit=${PAGE}&from=${from}${narrowed}`, {every: LIVE});
  return (
    <>
      <div className="row apart">
        <h1>{say('page_risk')}</h1>
        <Places
          value={place}
          onChoose={(to) => {
            goFrom(0);
            choose(to);
          }}
        />
      </div>
      <Shown query={list} lines={8}>
        {({items, counts, next}) => (
          <>
            <div className="ops-head">
              {LEVELS.map((level) => (
                <Stat
                  key={level}
                  label={say(`level_${level}`)}
                  value={counts[level]}
                  tone={counts[level] === 0 ? 'still' : TONES[level]}
                />
              ))}
            </div>
            {items.length === 0 ? (
              <Empty title={say('risk_none')}>
                <p>{say('risk_none_how')}</p>
              </Empty>
            ) : (
              <Card>
                <Rows rows={items} />
                <Pager
                  {...{from, next}}
                  shown={items.length}
                  of={counts.late + counts.high + counts.medium}
                  onFrom={goFrom}
                />
              </Card>
            )}
          </>
        )}
      </Shown>
    </>
  );
}

function Places({value, onChoose}: {value: string; onChoose: (place: string) => void}) {
  const say = useWords(opsWords);
  const sites = useRead<CutOffs>('/v1/ops/cut-offs').data?.sites ?? [];
  const options = [
    {value: '', label: say('all_places')},
    ...sites.map(({warehouse, name}) => ({value: warehouse, label: name})),
  ];
  return (
    <Select label={say('place')} options={options} value={value} onChange={(event) => onChoose(event.target.value)} />
  );
}

function Rows({rows}: {rows: readonly Row[]}) {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const percent = new Intl.NumberFormat(locale, {style: 'percent'});
  const columns: Column<Row>[] = [
    {key: 'order', head: say('order'), cell: ({order_id, number}) => <OrderLink id={order_id} number={number} />},
    {
      key: 'chance',
      head: say('chance'),
      cell: ({chance, level}) => (
        <div className="ops-chance">
          <Status tone={TONES[level]}>{say(`level_${level}`)}</Status>
          <span className="soft">{percent.format(chance)}</span>
        </div>
      ),
    },
    {key: 'reason', head: say('reason'), cell: ({reason}) => say(`why_${reason}`)},
    {
      key: 'where',
      head: say('place'),
      cell: ({stage, warehouse, carrier}) => (
        <span>
          {say.maybe(`place_${stage}`) ?? stage}
          <span className="soft">
            {' '}
            <bdi>{[warehouse, carrier].filter(Boolean).join(' · ')}</bdi>
          </span>
        </span>
      ),
    },
    {key: 'until', head: say('promised_until'), cell: ({promised_until}) => <When at={promised_until} exact />},
    {key: 'value', head: say('value'), cell: ({value}) => <Money of={value} />, end: true},
  ];
  return <Table caption={say('page_risk')} columns={columns} rows={rows} id={({sub_order_id}) => sub_order_id} />;
}
