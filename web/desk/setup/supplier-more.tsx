import {ButtonLink} from '../../ui/button.tsx';
import {useWords} from '../../ui/look.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMay} from '../me.ts';
import type {SupplierRow} from './pages-partners.tsx';

/** What a supplier offers has a page of its own. */
export function SupplierMore({row: {id}}: {row: SupplierRow}) {
  const say = useWords(setUpWords);
  const may = useMay();
  if (!may('listOffers')) return null;
  return (
    <section className="setup-extra">
      <h3>{say('more_here')}</h3>
      <div className="row">
        <ButtonLink href={`/desk/setup/offers?supplier=${encodeURIComponent(id)}`}>{say('page_offers')}</ButtonLink>
      </div>
    </section>
  );
}
