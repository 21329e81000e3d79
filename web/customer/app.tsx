import {type QueryClient, QueryClientProvider} from '@tanstack/react-query';
import type {Tracking} from '../../api/contract/track.ts';
import {Card} from '../ui/card.tsx';
import {LIVE, useRead} from '../ui/data.ts';
import {LookProvider, useLook, useWords} from '../ui/look.tsx';
import {Failure} from '../ui/states.tsx';
import {Status} from '../ui/status.tsx';
import {LANGUAGES, OWN_NAMES} from '../words/catalogue.ts';
import {customerWords} from '../words/customer/index.ts';
import type {Look} from '../words/look.ts';
import {Changes} from './changes.tsx';
import {type Clock, dayOf} from './days.ts';
import {ParcelMap, type Sheet} from './map.tsx';
import {Messages} from './messages.tsx';
import {TokenProvider, usePath} from './path.tsx';
import {Payment} from './payment.tsx';
import {Returns} from './returns.tsx';
import {Items, ShipmentCard} from './shipment-card.tsx';
import {hasEnded, storyOf, tallyOf} from './story.ts';
import {Waits} from './waits.tsx';

export interface Opened {
  view: Tracking;
  token: string;
  look: Look;
  sheet: Sheet | null;
}

/** The customer's page of one order, the same from the server and in the browser. */
export function CustomerApp({client, token, look, ...rest}: Opened & {client: QueryClient}) {
  return (
    <LookProvider look={look}>
      <QueryClientProvider client={client}>
        <TokenProvider value={token}>
          <Page {...rest} />
        </TokenProvider>
      </QueryClientProvider>
    </LookProvider>
  );
}

/** What moves is looked at often, what has ended now and then: something may still be sent back. */
const SELDOM = 20 * LIVE;

function Page({view: first, sheet}: Pick<Opened, 'view' | 'sheet'>) {
  const {locale} = useLook();
  const ended = hasEnded(first) && !first.returns?.length;
  const {data, error, refetch} = useRead<Tracking>(usePath(), {every: ended ? SELDOM : LIVE});
  const view = data ?? first;
  const clock = {locale, zone: view.timezone};
  return (
    <main className="customer">
      <Top view={view} clock={clock} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      <Waits view={view} clock={clock} />
      <div className="columns">
        <div className="stack">
          {view.shipments.map((shipment) => (
            <ShipmentCard key={shipment.position} {...{shipment, view, clock}} />
          ))}
          <Unassigned view={view} />
        </div>
        <div className="stack">
          {sheet && <ParcelMap view={view} sheet={sheet} />}
          <Changes view={view} clock={clock} />
          <Returns returns={view.returns ?? []} clock={clock} />
          <Payment view={view} clock={clock} />
          <Messages />
        </div>
      </div>
      <Foot view={view} />
    </main>
  );
}

function Top({view, clock}: {view: Tracking; clock: Clock}) {
  const say = useWords(customerWords);
  const pay = usePath().replace('/v1/track/', '/pay/');
  const story = storyOf(view, say, clock);
  const {n, arrived} = tallyOf(view);
  return (
    <header className="top">
      <p className="soft" suppressHydrationWarning>
        {say('order', {number: view.number})} · {say('placed', {day: dayOf(clock, view.placed_at)})}
      </p>
      <h1>
        <Status tone={story.tone}>{story.title}</Status>
      </h1>
      <p className="next" suppressHydrationWarning>
        {story.next}
      </p>
      {n > 1 && !['cancelled', 'refunded'].includes(view.status) && (
        <div className="ui-progress">
          <progress aria-label={say('arrived_of', {n, arrived})} value={arrived} max={n} />
          <p className="soft small">{say('arrived_of', {n, arrived})}</p>
        </div>
      )}
      {view.payment_action && (
        <p>
          <a className="ui-button go" href={pay}>
            {say('pay')}
          </a>
        </p>
      )}
    </header>
  );
}

function Unassigned({view: {unassigned, shipments}}: {view: Tracking}) {
  const say = useWords(customerWords);
  if (unassigned.length === 0) return null;
  return (
    <Card title={say(shipments.length > 0 ? 'still_to_come' : 'your_items')}>
      <Items items={unassigned} />
    </Card>
  );
}

function Foot({view}: {view: Tracking}) {
  const say = useWords(customerWords);
  const {language} = useLook();
  return (
    <footer className="foot soft small">
      <p>{hasEnded(view) ? say('stays') : say('live')}</p>
      <p>{say('private')}</p>
      <noscript>
        <p>{say('no_script')}</p>
      </noscript>
      <nav aria-label={say('language')}>
        {LANGUAGES.map((one) => (
          <a key={one} href={`?lang=${one}`} lang={one} aria-current={one === language ? 'true' : undefined}>
            {OWN_NAMES[one]}
          </a>
        ))}
      </nav>
    </footer>
  );
}
