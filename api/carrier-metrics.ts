import {Gauge, type Registry} from 'prom-client';
import type {StoreContext} from '../store/context.ts';
import {readUnreadCodes} from '../store/views/carrier-codes-view.ts';
import {readCarriers} from '../store/views/carriers-view.ts';

const STATES = ['closed', 'open', 'half_open', 'switched_off'] as const;

/** Codes of trackers that wait for a person. */
function showUnread(registry: Registry, store: StoreContext): void {
  new Gauge({
    name: 'waybill_carrier_codes_unread',
    help: 'codes that trackers said and nobody can read',
    labelNames: ['why'],
    registers: [registry],
    async collect() {
      const codes = await readUnreadCodes(store, 10_000).catch(() => []);
      for (const one of ['unknown', 'ambiguous'] as const)
        this.set({why: one}, codes.filter(({why}) => why === one).length);
    },
  });
}

/** Shows which carriers are asked for labels, read from the database when somebody looks. */
export function showCarriers(registry: Registry, store: StoreContext): void {
  showUnread(registry, store);
  new Gauge({
    name: 'waybill_carrier_breaker',
    help: '1 for the state in which the breaker of a carrier is; switched_off by a person goes before the others',
    labelNames: ['carrier', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      // the other figures are shown without the database too
      for (const {carrier, state, active} of await readCarriers(store).catch(() => [])) {
        const now = active ? state : 'switched_off';
        for (const one of STATES) this.set({carrier, state: one}, one === now ? 1 : 0);
      }
    },
  });
}
