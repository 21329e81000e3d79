import {useState} from 'react';
import {Button, ButtonLink} from '../../ui/button.tsx';
import {useWrite} from '../../ui/data.ts';
import {Confirm} from '../../ui/dialog.tsx';
import {useWords} from '../../ui/look.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMay} from '../me.ts';
import type {SupplierRow} from './pages-partners.tsx';
import {ToldOnce} from './told-once.tsx';

/** What a supplier offers has a page of its own; what signs our webhooks to it is told once. */
export function SupplierMore({row: {id}}: {row: SupplierRow}) {
  const say = useWords(setUpWords);
  const may = useMay();
  const [renewing, renew] = useState(false);
  return (
    <section className="setup-extra">
      <h3>{say('more_here')}</h3>
      <div className="row">
        {may('listOffers') && (
          <ButtonLink href={`/desk/setup/offers?supplier=${encodeURIComponent(id)}`}>{say('page_offers')}</ButtonLink>
        )}
        {may('renewSupplierSecret') && <Button onClick={() => renew(true)}>{say('new_secret')}</Button>}
      </div>
      {renewing && <Renew id={id} onClose={() => renew(false)} />}
    </section>
  );
}

function Renew({id, onClose}: {id: string; onClose: () => void}) {
  const say = useWords(setUpWords);
  const [told, tell] = useState<string | null>(null);
  const make = useWrite<{signing_secret: string}>({onDone: ({signing_secret}) => tell(signing_secret)});
  if (told !== null) return <ToldOnce title={say('signing_secret')} name={id} told={told} onClose={onClose} />;
  return (
    <Confirm
      open
      title={say('new_secret')}
      deed={say('make_it')}
      busy={make.isPending}
      error={make.error}
      onClose={onClose}
      onConfirm={() => make.mutate({path: `/v1/suppliers/${encodeURIComponent(id)}/secret`})}
    >
      <p>{say('give_secret', {name: id})}</p>
    </Confirm>
  );
}
