import type {promo_codes} from '../../store/generated/client.ts';
import {putCalendar} from '../../store/put-calendar.ts';
import {putPromoCode} from '../../store/put-promo-code.ts';
import {readCalendar} from '../../store/site-calendar.ts';
import {money, time} from '../../store/views/shapes.ts';
import * as calendars from '../contract/calendars.ts';
import * as contract from '../contract/promos.ts';
import {Problem} from '../errors.ts';
import {requireSite, requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {kept, setterOf} from '../setter.ts';

const put = route(contract.putPromoCode, async (call) => {
  const {deps, params, body} = call;
  const setter = setterOf(call);
  const {amount, minimum_spend, valid_from, valid_until} = body;
  const row = await putPromoCode(
    deps.store,
    params.code,
    {
      percent_bp: body.percent_bp ?? null,
      amount: amount ? BigInt(amount.amount) : null,
      currency: body.currency ?? amount?.currency ?? minimum_spend?.currency ?? null,
      valid_from: valid_from ? new Date(valid_from) : null,
      valid_until: valid_until ? new Date(valid_until) : null,
      max_uses: body.max_uses ?? null,
      max_uses_per_customer: body.max_uses_per_customer ?? null,
      minimum_spend: BigInt(minimum_spend?.amount ?? 0),
      combinable: body.combinable,
    },
    setter,
  );
  return ok(promoView(kept(row, setter)));
});

const get = route(contract.getPromoCode, async ({deps, params}) => {
  const row = await deps.store.prisma.promo_codes.findUnique({where: {code: params.code}});
  if (!row) throw new Problem('not_found', 'there is no such promo code');
  return ok(promoView(row));
});

export function promoView(row: promo_codes) {
  const {currency} = row;
  const inCurrency = (amount: bigint | null) => (amount === null || currency === null ? null : money(amount, currency));
  return {
    code: row.code,
    percent_bp: row.percent_bp,
    amount: inCurrency(row.amount),
    valid_from: time(row.valid_from),
    valid_until: time(row.valid_until),
    max_uses: row.max_uses,
    max_uses_per_customer: row.max_uses_per_customer,
    minimum_spend: row.minimum_spend > 0n ? inCurrency(row.minimum_spend) : null,
    combinable: row.combinable,
    currency,
    used: row.used,
  };
}

const calendar = route(calendars.putCalendar, async ({deps, caller, params, body}) => {
  requireWarehouse(caller, params.id);
  const {open_weekdays, closed_dates} = body;
  const row = await putCalendar(deps.store, {
    warehouse_id: params.id,
    open_weekdays: [...open_weekdays].sort((a, b) => a - b),
    closed_dates: [...closed_dates].sort(),
  });
  if (!row) throw new Problem('not_found', 'there is no such warehouse');
  return ok({warehouse: row.warehouse_id, open_weekdays: row.open_weekdays, closed_dates: row.closed_dates});
});

const open = route(calendars.getCalendar, async ({deps, caller, params}) => {
  const site = await requireSite({deps, caller}, params.id);
  const {open_weekdays, closed_dates} = await readCalendar(deps.store.prisma, site);
  return ok({warehouse: site.id, open_weekdays, closed_dates});
});

export const promoRoutes: readonly Route[] = [put, get, calendar, open];
