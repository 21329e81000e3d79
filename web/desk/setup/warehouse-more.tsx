import {ButtonLink} from '../../ui/button.tsx';
import {useWords} from '../../ui/look.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMay} from '../me.ts';
import type {WarehouseRow} from './pages-places.tsx';

/** What belongs to a warehouse and is set up elsewhere. */
export function WarehouseMore({row: {id}}: {row: WarehouseRow}) {
  const say = useWords(setUpWords);
  const may = useMay();
  const of = encodeURIComponent(id);
  return (
    <section className="setup-extra">
      <h3>{say('more_here')}</h3>
      <div className="row">
        {may('listBins') && <ButtonLink href={`/desk/setup/bins?warehouse=${of}`}>{say('page_bins')}</ButtonLink>}
        {may('listReceipts') && (
          <ButtonLink href={`/desk/setup/receipts?warehouse=${of}`}>{say('page_receipts')}</ButtonLink>
        )}
        {may('drawLayout') && (
          <a className="ui-button plain" href={`/v1/warehouses/${of}/layout/picture`} target="_blank" rel="noreferrer">
            {say('floor_plan')}
          </a>
        )}
      </div>
    </section>
  );
}
