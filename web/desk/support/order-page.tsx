import {useState} from 'react';
import {LIVE, useRead} from '../../ui/data.ts';
import {Search} from '../../ui/field.tsx';
import {useWords} from '../../ui/look.tsx';
import {goTo, Link} from '../../ui/router.tsx';
import {Shown} from '../../ui/states.tsx';
import {supportWords} from '../../words/support/index.ts';
import {Acts} from './acts.tsx';
import {Fraud, OtherOrders, People, Returns} from './about-cards.tsx';
import {HistoryCard} from './history-card.tsx';
import {Lines} from './lines-card.tsx';
import {Messages} from './messages-card.tsx';
import {MoneyCard} from './money-card.tsx';
import {OrderHead} from './order-head.tsx';
import {PastView} from './past-view.tsx';
import {Shipments} from './shipments-card.tsx';
import type {Dossier, History} from './types.ts';

/** One order on one screen: what it waits for first, then everything somebody may ask about it. */
export function OrderPage({id}: {id: string}) {
  const say = useWords(supportWords);
  const dossier = useRead<Dossier>(`/v1/orders/${encodeURIComponent(id)}/dossier`, {every: LIVE});
  return (
    <>
      <div className="row apart">
        <Link href="/desk/support">{say('back')}</Link>
        <form
          className="support-find"
          onSubmit={(event) => {
            event.preventDefault();
            const q = new FormData(event.currentTarget).get('q');
            goTo(`/desk/support?q=${encodeURIComponent(String(q ?? ''))}`);
          }}
        >
          <Search label={say('search')} name="q" />
        </form>
      </div>
      <Shown query={dossier} lines={12}>
        {(order) => <Order order={order} />}
      </Shown>
    </>
  );
}

function Order({order}: {order: Dossier}) {
  const [seq, scrubTo] = useState<number | null>(null);
  const history = useRead<History>(`/v1/orders/${order.order_id}/timeline`, {every: LIVE});
  const steps = history.data?.steps ?? [];
  const past = seq !== null && seq < (steps.at(-1)?.seq ?? 0) ? seq : null;
  return (
    <div className={past === null ? 'support-order' : 'support-order past'}>
      <OrderHead order={order} acts={past === null ? <Acts order={order} /> : null} />
      <div className="support-columns">
        <div className="stack">
          {past === null ? (
            <Present order={order} />
          ) : (
            <PastView order={order} seq={past} onNow={() => scrubTo(null)} />
          )}
        </div>
        <div className="stack">
          {past === null && <People order={order} />}
          <HistoryCard query={history} seq={past} onSeq={scrubTo} order={order} />
          {past === null && <Aside order={order} />}
        </div>
      </div>
    </div>
  );
}

function Present({order}: {order: Dossier}) {
  return (
    <>
      <MoneyCard order={order} />
      <Shipments order={order} />
      <Lines order={order} />
      <Returns order={order} />
      <Messages order={order} />
    </>
  );
}

function Aside({order}: {order: Dossier}) {
  return (
    <>
      <Fraud order={order} />
      <OtherOrders order={order} />
    </>
  );
}
