import {Card, Sparkline} from '../../ui/card.tsx';
import {useRead} from '../../ui/data.ts';
import {Select} from '../../ui/field.tsx';
import {useWords} from '../../ui/look.tsx';
import {Link, useQueryValue} from '../../ui/router.tsx';
import {Shown} from '../../ui/states.tsx';
import {opsWords} from '../../words/ops/index.ts';
import type {RoomProps} from '../rooms.ts';
import {FigurePage} from './figure-page.tsx';
import {Before} from './before.tsx';
import {useDay, useFigure} from './figure-words.ts';
import type {Kpi, Kpis} from './types.ts';
import './figures.css';

/** What days are counted over; figures are heavy, and move slowly. */
const DAYS = ['7', '30', '90'] as const;
const EVERY = 60_000;

/** The figures of docs/kpis.md: all of them, or one with its orders. */
export function FiguresPage({rest}: RoomProps) {
  const say = useWords(opsWords);
  const day = useDay();
  const [kept, keep] = useQueryValue('days');
  const days = DAYS.find((one) => one === kept) ?? '30';
  const figures = useRead<Kpis>(`/v1/ops/kpis?days=${days}`, {every: EVERY});
  const options = DAYS.map((value) => ({value, label: say('days_n', {n: Number(value)})}));
  return (
    <>
      <div className="row apart">
        <div>
          <h1>{say('page_figures')}</h1>
          {figures.data && (
            <p className="soft">{say('figures_of', {from: day(figures.data.from), to: day(figures.data.to)})}</p>
          )}
        </div>
        <Select label={say('days')} options={options} value={days} onChange={(event) => keep(event.target.value)} />
      </div>
      <Shown query={figures} lines={10}>
        {(data) => {
          const one = data.kpis.find(({kpi}) => kpi === rest);
          return one ? <FigurePage kpi={one} of={data} days={days} /> : <All of={data} days={days} />;
        }}
      </Shown>
    </>
  );
}

function All({of, days}: {of: Kpis; days: string}) {
  return (
    <div className="ops-figures">
      {of.kpis.map((kpi) => (
        <FigureCard key={kpi.kpi} kpi={kpi} currency={of.currency} days={days} />
      ))}
    </div>
  );
}

function FigureCard({kpi, currency, days}: {kpi: Kpi; currency: string; days: string}) {
  const say = useWords(opsWords);
  const write = useFigure(currency);
  const day = useDay();
  const measured = kpi.days.filter(({value}) => value !== null);
  const list = measured.map((one) => `${day(one.day)} ${write(kpi.unit, one.value)}`).join(', ');
  const name = say(`kpi_${kpi.kpi}`);
  return (
    <Card title={<Link href={`/desk/ops/figures/${kpi.kpi}?days=${days}`}>{name}</Link>}>
      <p className="ops-value">{write(kpi.unit, kpi.value)}</p>
      <Before kpi={kpi} currency={currency} />
      {measured.length > 0 ? (
        <Sparkline values={measured.map(({value}) => value ?? 0)} about={say('course', {kpi: name, list})} />
      ) : (
        <p className="soft ops-nothing">{say('figures_none')}</p>
      )}
      <p className="soft">{say(`about_${kpi.kpi}`)}</p>
    </Card>
  );
}
