import {useEffect} from 'react';
import {useFault} from '../../ui/act-dialog.tsx';
import {Check, Field} from '../../ui/field.tsx';
import {useLook, useWords} from '../../ui/look.tsx';
import {moneyIn} from '../../ui/money.tsx';
import {actWords} from '../../words/acts/index.ts';
import type {Act, Draft} from './act.ts';
import type {Dossier} from './types.ts';

interface Props {
  act: Act;
  draft: Draft;
  order: Dossier;
  onChange: (part: Partial<Draft>) => void;
}

/** What an act asks for, and always why. */
export function Fields({act, draft, order, onChange}: Props) {
  const say = useWords(actWords);
  const has = (name: Act['fields'][number]) => act.fields.includes(name);
  return (
    <>
      {has('units') && <Units {...{act, draft, order, onChange}} />}
      {has('unpick') && (
        <Check
          label={say('unpick')}
          checked={draft.unpick}
          onChange={(event) => onChange({unpick: event.target.checked})}
        />
      )}
      {has('amount') && <Sum {...{draft, order, onChange}} />}
      {has('until') && (
        <Field
          label={say('until')}
          type="datetime-local"
          hint={say('until_hint')}
          value={draft.until}
          onChange={(event) => onChange({until: event.target.value})}
        />
      )}
      {has('product') && <Product {...{draft, onChange}} />}
      {has('address') && <Address {...{draft, onChange}} />}
      <Field
        label={say('reason')}
        hint={say('reason_hint')}
        required
        maxLength={200}
        value={draft.reason}
        onChange={(event) => onChange({reason: event.target.value})}
      />
    </>
  );
}

function Units({act, draft, order, onChange}: Props) {
  const say = useWords(actWords);
  const most = (line: Dossier['lines'][number]) => act.most?.(line, order) ?? 0;
  const lines = order.lines.filter((line) => most(line) > 0 && line.qty > line.cancelled);
  const {units} = draft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog opens
  useEffect(() => {
    onChange({units: Object.fromEntries(lines.map((line) => [line.line_id, act.start?.(line) ?? 0]))});
  }, []);
  return (
    <div className="ui-act-lines">
      {lines.map((line) => (
        <div key={line.line_id}>
          <span>
            <bdi>{line.name}</bdi> <code className="soft">{line.sku}</code>
          </span>
          <input
            type="number"
            className="support-units"
            aria-label={say('how_many', {name: line.name})}
            min={0}
            max={most(line)}
            value={units[line.line_id] ?? 0}
            onChange={(event) => onChange({units: {...units, [line.line_id]: Number(event.target.value)}})}
          />
        </div>
      ))}
    </div>
  );
}

type Part = Pick<Props, 'draft' | 'onChange'>;

function Sum({order, onChange}: Part & {order: Dossier}) {
  const say = useWords(actWords);
  const {locale} = useLook();
  const {currency} = order.total;
  const digits =
    new Intl.NumberFormat('en', {style: 'currency', currency}).resolvedOptions().maximumFractionDigits ?? 2;
  const possible = order.refundable?.possible;
  return (
    <Field
      label={say('amount', {currency})}
      type="number"
      min={0}
      step={1 / 10 ** digits}
      hint={possible && say('possible', {amount: moneyIn(locale, possible)})}
      onChange={({target}) =>
        onChange({amount: target.value === '' ? null : Math.round(Number(target.value) * 10 ** digits)})
      }
    />
  );
}

function Product({draft, onChange}: Part) {
  const say = useWords(actWords);
  return (
    <>
      <Field label={say('sku')} required value={draft.sku} onChange={(event) => onChange({sku: event.target.value})} />
      <Field
        label={say('qty')}
        type="number"
        min={1}
        value={draft.qty}
        onChange={(event) => onChange({qty: Number(event.target.value)})}
      />
    </>
  );
}

const ADDRESS = ['name', 'line1', 'line2', 'postal_code', 'city', 'region', 'country'] as const;
const PLACE = ['lat', 'lng'] as const;

/** Coordinates are asked for only where the service cannot know them. */
function Address(part: Part) {
  const say = useWords(actWords);
  const unknown = useFault('/ship_to/lat') !== undefined;
  const given = PLACE.some((field) => part.draft.address[field]);
  return (
    <>
      <div className="grid">
        {ADDRESS.map((field) => (
          <AddressField key={field} field={field} {...part} />
        ))}
      </div>
      {(unknown || given) && (
        <div className="grid">
          <p className="soft">{say('place_how')}</p>
          {PLACE.map((field) => (
            <AddressField key={field} field={field} {...part} />
          ))}
        </div>
      )}
    </>
  );
}

type AddressPart = (typeof ADDRESS)[number] | (typeof PLACE)[number];

function AddressField({field, draft, onChange}: Part & {field: AddressPart}) {
  const say = useWords(actWords);
  const error = useFault(`/ship_to/${field}`);
  const place = field === 'lat' || field === 'lng';
  return (
    <Field
      label={say(field)}
      {...(place ? {inputMode: 'decimal', dir: 'ltr'} : {})}
      {...(error && !place ? {error} : {})}
      value={draft.address[field] ?? ''}
      onChange={(event) => onChange({address: {...draft.address, [field]: event.target.value}})}
    />
  );
}
