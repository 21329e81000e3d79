import {useRead} from '../../../ui/data.ts';
import {Field, Select} from '../../../ui/field.tsx';
import {useWords} from '../../../ui/look.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {orderWords} from '../../../words/order/index.ts';
import type {Carriers, CutOffs} from '../types.ts';
import type {Form} from './form.ts';

const STATUSES = ['paid', 'awaiting_fulfillment', 'partially_fulfilled', 'fulfilled'] as const;
const SLAS = ['SAME_DAY', 'NEXT_DAY', 'TWO_DAY', 'STANDARD'] as const;
const RISKS = ['late', 'high', 'medium'] as const;

interface Props {
  form: Form;
  set: (part: Partial<Form>) => void;
  error: string | null;
}

/** What must be true of the orders. */
export function FilterFields({form, set, error}: Props) {
  const say = useWords(manyWords);
  const order = useWords(orderWords);
  const carriers = useRead<Carriers>('/v1/ops/carriers').data?.carriers ?? [];
  const any = {value: '', label: say('any')};
  const text = (name: 'sku' | 'country') => ({
    value: form[name],
    onChange: ({target}: {target: {value: string}}) => set({[name]: target.value}),
  });
  const one = (name: 'status' | 'carrier' | 'sla' | 'risk') => ({
    value: form[name],
    onChange: ({target}: {target: {value: string}}) => set({[name]: target.value}),
  });
  return (
    <>
      <p className="soft">{say('filter_how')}</p>
      <div className="many-grid">
        <Select
          label={say('status')}
          options={[any, ...STATUSES.map((value) => ({value, label: order(`status_${value}`)}))]}
          {...one('status')}
        />
        <Place
          label={say('warehouse')}
          none={say('any')}
          value={form.warehouse}
          onChoose={(warehouse) => set({warehouse})}
        />
        <Select
          label={say('carrier')}
          options={[any, ...carriers.map(({carrier}) => ({value: carrier, label: carrier}))]}
          {...one('carrier')}
        />
        <Field label={say('sku')} hint={say('sku_how')} dir="ltr" {...text('sku')} />
        <Field label={say('country')} hint={say('country_how')} dir="ltr" maxLength={2} {...text('country')} />
        <Select
          label={say('sla')}
          options={[any, ...SLAS.map((value) => ({value, label: say(`sla_${value}`)}))]}
          {...one('sla')}
        />
        <Select
          label={say('risk')}
          options={[any, ...RISKS.map((value) => ({value, label: say(`risk_${value}`)}))]}
          {...one('risk')}
        />
        <Field
          label={say('placed_after')}
          type="datetime-local"
          value={form.placed_after}
          onChange={({target}) => set({placed_after: target.value})}
        />
        <Field
          label={say('placed_before')}
          type="datetime-local"
          value={form.placed_before}
          onChange={({target}) => set({placed_before: target.value})}
        />
      </div>
      {error && (
        <p className="error many-fault" role="alert">
          {error}
        </p>
      )}
    </>
  );
}

interface PlaceProps {
  label: string;
  /** what no choice is called */
  none: string;
  value: string;
  error?: string | null;
  onChoose: (place: string) => void;
}

/** One of the warehouses. */
export function Place({label, none, value, error = null, onChoose}: PlaceProps) {
  const sites = useRead<CutOffs>('/v1/ops/cut-offs').data?.sites ?? [];
  const options = [{value: '', label: none}, ...sites.map(({warehouse, name}) => ({value: warehouse, label: name}))];
  return <Select {...{label, options, value, error}} onChange={({target}) => onChoose(target.value)} />;
}
