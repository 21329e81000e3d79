import '../ui/ui.css';
import './customer.css';
import {StrictMode} from 'react';
import {hydrateRoot} from 'react-dom/client';
import {createQueryClient} from '../ui/data.ts';
import {CustomerApp, type Opened} from './app.tsx';

const place = document.getElementById('customer');
const sent = document.getElementById('opened')?.textContent;
if (place && sent) {
  const opened = JSON.parse(sent) as Opened;
  const path = (id: string) => document.getElementById(id)?.getAttribute('d') ?? '';
  // the land is on the page already: it is not sent twice
  const sheet = opened.sheet && {...opened.sheet, land: path('map-land'), borders: path('map-borders')};
  const client = createQueryClient(() => {});
  client.setQueryData(['read', `/v1/track/${opened.token}`], opened.view);
  hydrateRoot(
    place,
    <StrictMode>
      <CustomerApp {...opened} sheet={sheet} client={client} />
    </StrictMode>,
  );
}
