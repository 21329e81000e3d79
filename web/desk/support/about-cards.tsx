import {Card, Facts} from '../../ui/card.tsx';
import {useLook, useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Link} from '../../ui/router.tsx';
import {Status} from '../../ui/status.tsx';
import {When} from '../../ui/when.tsx';
import {orderWords} from '../../words/order/index.ts';
import {supportWords} from '../../words/support/index.ts';
import {type Dossier, toneOf} from './types.ts';

interface Props {
  order: Dossier;
}

type ShipTo = NonNullable<Dossier['ship_to']>;

/** Where the code stands behind the region, as the post there writes it. */
const CODE_LAST = new Set(['US', 'CA', 'AU']);

function townOf({postal_code, city, region, country}: ShipTo): string {
  const row = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' ');
  if (!CODE_LAST.has(country)) return row(postal_code, city, region);
  return [city, row(region, postal_code)].filter(Boolean).join(', ');
}

/** What a code of a country or a language is called; a code that nobody knows stays one. */
function nameOf(reader: string, type: 'region' | 'language', code: string): string {
  try {
    return new Intl.DisplayNames(reader, {type}).of(code) ?? code;
  } catch {
    return code;
  }
}

export function People({order: {customer, ship_to}}: Props) {
  const say = useWords(supportWords);
  const {locale: reader} = useLook();
  if (!customer) {
    return (
      <Card title={say('people')}>
        <p className="soft">{say('erased')}</p>
      </Card>
    );
  }
  const {email, phone, locale} = customer;
  return (
    <Card title={say('people')}>
      <Facts
        facts={[
          [say('email'), <bdi key="email">{email}</bdi>],
          ...(phone ? [[say('phone'), <bdi key="phone">{phone}</bdi>] as const] : []),
          ...(locale ? [[say('language'), nameOf(reader, 'language', locale)] as const] : []),
        ]}
      />
      {ship_to && (
        <address>
          <span className="soft">{say('address')}</span>
          <bdi className="support-long">{ship_to.name}</bdi>
          <bdi>{[ship_to.line1, ship_to.line2].filter(Boolean).join(', ')}</bdi>
          <bdi>{townOf(ship_to)}</bdi>
          <bdi>{nameOf(reader, 'region', ship_to.country)}</bdi>
        </address>
      )}
    </Card>
  );
}

const percent = (score: number) => Math.round(score * 100);

export function Fraud({order: {fraud}}: Props) {
  const say = useWords(supportWords);
  if (!fraud) return null;
  const reasons = Array.isArray(fraud.reasons) ? (fraud.reasons as string[]) : [];
  return (
    <Card title={say('fraud')} aside={<span>{say('score', {n: percent(fraud.score)})}</span>}>
      {reasons.length > 0 && (
        <ul className="support-list" lang="en" dir="ltr">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export function Returns({order: {returns}}: Props) {
  const say = useWords(supportWords);
  const words = useWords(orderWords);
  if (returns.length === 0) return null;
  return (
    <Card title={say('returns')}>
      <ul className="stack tight">
        {returns.map(({return_id, state, lines, expected, requested_at}) => (
          <li key={return_id} className="row apart">
            <span>
              <Status tone={state === 'in_review' ? 'wait' : 'moving'}>
                {words.maybe(`return_${state}`) ?? state}
              </Status>{' '}
              {lines.map(({qty, sku}) => `${qty} × ${sku}`).join(', ')}
            </span>
            <span className="soft">
              {expected && <Money of={expected} />} <When at={requested_at} exact />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function OtherOrders({order: {customer_orders}}: Props) {
  const say = useWords(supportWords);
  const words = useWords(orderWords);
  if (customer_orders.length === 0) return null;
  return (
    <Card title={say('other_orders')}>
      <ul className="stack tight">
        {customer_orders.map(({order_id, number, status, total}) => (
          <li key={order_id} className="row apart">
            <Link href={`/desk/support/${order_id}`}>
              <bdi>{number}</bdi>
            </Link>
            <Status tone={toneOf(status)}>{words.maybe(`status_${status}`) ?? status}</Status>
            <Money of={total} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
