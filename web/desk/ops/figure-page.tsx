import type {CSSProperties} from 'react';
import {Card} from '../../ui/card.tsx';
import {useWords} from '../../ui/look.tsx';
import {Link, useQueryValue} from '../../ui/router.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {Before} from './before.tsx';
import {useDay, useFigure} from './figure-words.ts';
import {FigureOrders} from './figure-orders.tsx';
import type {Kpi, Kpis} from './types.ts';

/** One figure, day by day; a day leads to the orders behind it. */
export function FigurePage({kpi, of, days}: {kpi: Kpi; of: Kpis; days: string}) {
  const say = useWords(opsWords);
  const write = useFigure(of.currency);
  const [chosen] = useQueryValue('day');
  const last = kpi.days.findLast(({n}) => n > 0)?.day;
  const day = kpi.days.some((one) => one.day === chosen) ? chosen : last;
  return (
    <>
      <p>
        <Link href={`/desk/ops/figures?days=${days}`}>{say('all_figures')}</Link>
      </p>
      <Card title={say(`kpi_${kpi.kpi}`)}>
        <p className="ops-value">{write(kpi.unit, kpi.value)}</p>
        <Before kpi={kpi} currency={of.currency} />
        <p className="soft">
          {say(`about_${kpi.kpi}`)} {say('pick_day')}
        </p>
        <Days kpi={kpi} currency={of.currency} days={days} chosen={day} />
      </Card>
      {day !== undefined && <FigureOrders kpi={kpi.kpi} unit={kpi.unit} day={day} currency={of.currency} />}
    </>
  );
}

interface DaysProps {
  kpi: Kpi;
  currency: string;
  days: string;
  chosen: string | undefined;
}

function Days({kpi, currency, days, chosen}: DaysProps) {
  const say = useWords(opsWords);
  const name = useDay();
  const write = useFigure(currency);
  const most = Math.max(...kpi.days.map(({value}) => value ?? 0), kpi.unit === 'share' ? 0.01 : 1);
  const about = (day: string, value: number | null) =>
    value === null
      ? say('day_nothing', {day: name(day)})
      : say('day_about', {day: name(day), value: write(kpi.unit, value)});
  return (
    <div>
      <p className="soft ops-most">{write(kpi.unit, most)}</p>
      <ol className="ops-days">
        {kpi.days.map(({day, value}) => (
          <li key={day} style={{'--height': (value ?? 0) / most} as CSSProperties}>
            <Link
              href={`/desk/ops/figures/${kpi.kpi}?days=${days}&day=${day}`}
              aria-label={about(day, value)}
              aria-current={day === chosen ? 'date' : undefined}
              title={about(day, value)}
              className={value === null ? 'nothing' : undefined}
            >
              <i />
            </Link>
          </li>
        ))}
      </ol>
      <p className="row apart soft">
        <span>{name(kpi.days[0]?.day ?? '')}</span>
        <span>{name(kpi.days.at(-1)?.day ?? '')}</span>
      </p>
    </div>
  );
}
