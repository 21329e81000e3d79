import {type FormEvent, useState} from 'react';
import {Button} from '../../../ui/button.tsx';
import {Card, Tabs} from '../../../ui/card.tsx';
import {useWrite} from '../../../ui/data.ts';
import {Area, Check, Field} from '../../../ui/field.tsx';
import {useWords} from '../../../ui/look.tsx';
import {goTo} from '../../../ui/router.tsx';
import {Failure} from '../../../ui/states.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {faultAt, namesOf, unknownOf} from './faults.ts';
import {FilterFields, Place} from './filter-fields.tsx';
import {type Form, NOTHING, wantedOf} from './form.ts';
import {type Act, KINDS} from './types.ts';

/** What shall happen, to which orders, and why; the button only shows what it would do. */
export function Choose() {
  const say = useWords(manyWords);
  const [form, write] = useState<Form>(NOTHING);
  const set = (part: Partial<Form>) => write((before) => ({...before, ...part}));
  const prepare = useWrite<Act>({onDone: ({bulk_id}) => goTo(`/desk/ops/many/${bulk_id}`)});
  const wanted = wantedOf(form);
  const {error} = prepare;
  const unknown = unknownOf(error, namesOf(form.list));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (wanted) prepare.mutate({path: '/v1/ops/bulk', body: wanted});
  };
  return (
    <Card>
      <form className="many-form" onSubmit={send}>
        <Kinds form={form} set={set} />
        <fieldset>
          <legend>{say('which')}</legend>
          <Tabs
            tabs={[
              {key: 'filter' as const, label: say('by_filter')},
              {key: 'list' as const, label: say('by_list')},
            ]}
            value={form.by}
            label={say('which')}
            onChange={(by) => set({by})}
          />
          {form.by === 'filter' ? (
            <FilterFields form={form} set={set} error={faultAt(error, '/filter')} />
          ) : (
            <Area
              label={say('list')}
              hint={say('list_how')}
              error={unknown.length > 0 ? say('unknown', {names: unknown.join(', ')}) : faultAt(error, '/orders')}
              rows={4}
              value={form.list}
              onChange={({target}) => set({list: target.value})}
            />
          )}
        </fieldset>
        <div className="many-grid">
          {form.kind === 'reallocate' && (
            <Place
              label={say('away_from')}
              none={say('choose')}
              value={form.away_from}
              error={faultAt(error, '/away_from')}
              onChoose={(away_from) => set({away_from})}
            />
          )}
          {form.kind === 'hold' && (
            <Field
              label={say('until')}
              hint={say('until_how')}
              error={faultAt(error, '/until')}
              type="datetime-local"
              value={form.until}
              onChange={({target}) => set({until: target.value})}
            />
          )}
        </div>
        {form.kind === 'cancel' && (
          <Check
            label={say('unpick')}
            hint={say('unpick_how')}
            checked={form.unpick}
            onChange={({target}) => set({unpick: target.checked})}
          />
        )}
        <Field
          label={say('reason')}
          hint={say('reason_how')}
          error={faultAt(error, '/reason')}
          required
          maxLength={200}
          value={form.reason}
          onChange={({target}) => set({reason: target.value})}
        />
        {error && error.errors.length === 0 && <Failure error={error} />}
        <div className="row">
          <Button kind="go" type="submit" busy={prepare.isPending} disabled={wanted === null}>
            {say('look')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** Four acts, each with what it means. */
function Kinds({form, set}: {form: Form; set: (part: Partial<Form>) => void}) {
  const say = useWords(manyWords);
  return (
    <fieldset>
      <legend>{say('act')}</legend>
      <div className="many-kinds">
        {KINDS.map((kind) => (
          <label key={kind} className={kind === form.kind ? 'chosen' : undefined}>
            <input
              type="radio"
              name="kind"
              value={kind}
              checked={kind === form.kind}
              onChange={() => set({kind, on_hold: kind === 'release' ? 'yes' : ''})}
            />
            <span className="title">{say(`kind_${kind}`)}</span>
            <span className="soft">{say(`kind_${kind}_how`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
