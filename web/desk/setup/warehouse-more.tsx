import type {boxThere} from '../../../api/contract/boxes.ts';
import type {calendar} from '../../../api/contract/calendars.ts';
import type {z} from '../../../api/contract/z.ts';
import {ButtonLink} from '../../ui/button.tsx';
import {Facts} from '../../ui/card.tsx';
import {useRead} from '../../ui/data.ts';
import {useLook, useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Shown} from '../../ui/states.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMay} from '../me.ts';
import type {WarehouseRow} from './pages-places.tsx';

/** What belongs to a warehouse and is set up elsewhere. */
export function WarehouseMore({row: {id}}: {row: WarehouseRow}) {
  const say = useWords(setUpWords);
  const may = useMay();
  const of = encodeURIComponent(id);
  return (
    <>
      {may('getCalendar') && <Opening path={`/v1/warehouses/${of}/calendar`} />}
      {may('listWarehouseBoxes') && <BoxesHere path={`/v1/warehouses/${of}/boxes`} />}
      <section className="setup-extra">
        <h3>{say('more_here')}</h3>
        <div className="row">
          {may('listBins') && <ButtonLink href={`/desk/setup/bins?warehouse=${of}`}>{say('page_bins')}</ButtonLink>}
          {may('listReceipts') && (
            <ButtonLink href={`/desk/setup/receipts?warehouse=${of}`}>{say('page_receipts')}</ButtonLink>
          )}
          {may('drawLayout') && (
            <a
              className="ui-button plain"
              href={`/v1/warehouses/${of}/layout/picture`}
              target="_blank"
              rel="noreferrer"
            >
              {say('floor_plan')}
            </a>
          )}
        </div>
      </section>
    </>
  );
}

/** Days of the week and of the year, as its reader names them. */
function Opening({path}: {path: string}) {
  const say = useWords(setUpWords);
  const {locale} = useLook();
  const read = useRead<z.output<typeof calendar>>(path);
  const list = new Intl.ListFormat(locale, {type: 'conjunction'});
  const weekday = new Intl.DateTimeFormat(locale, {weekday: 'long', timeZone: 'UTC'});
  const date = new Intl.DateTimeFormat(locale, {dateStyle: 'long', timeZone: 'UTC'});
  // the first of January 2024 was a Monday
  const nameOf = (day: number) => weekday.format(Date.UTC(2024, 0, day));
  return (
    <section className="setup-extra">
      <h3>{say('opening')}</h3>
      <Shown query={read} lines={2}>
        {({open_weekdays, closed_dates}) => (
          <Facts
            facts={[
              [say('open_on'), list.format(open_weekdays.map(nameOf))],
              [
                say('closed_on'),
                closed_dates.length === 0
                  ? say('closed_never')
                  : list.format(closed_dates.map((day) => date.format(Date.parse(day)))),
              ],
            ]}
          />
        )}
      </Shown>
    </section>
  );
}

/** What can be packed in there, how many are left and what one costs there. */
function BoxesHere({path}: {path: string}) {
  const say = useWords(setUpWords);
  const read = useRead<z.output<typeof boxThere>[]>(path);
  return (
    <section className="setup-extra">
      <h3>{say('boxes_here')}</h3>
      <Shown query={read} lines={3}>
        {(boxes) =>
          boxes.length === 0 ? (
            <p className="soft">{say('boxes_none')}</p>
          ) : (
            <Facts
              facts={boxes.map(({id, on_hand, cost}) => [
                id,
                <span key={id}>
                  {on_hand === null ? say('box_endless') : say('box_left', {n: on_hand})}
                  {' · '}
                  <Money of={cost} />
                </span>,
              ])}
            />
          )
        }
      </Shown>
    </section>
  );
}
