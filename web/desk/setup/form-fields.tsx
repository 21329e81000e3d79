import type {Fault} from '../../ui/api.ts';
import {useRead} from '../../ui/data.ts';
import {Check, Field, Select} from '../../ui/field.tsx';
import {useWords} from '../../ui/look.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMe} from '../me.ts';
import {type FieldSpec, faultOf, ID, type Value, type Values} from './fields.ts';
import type {Row} from './page.ts';

interface Props {
  fields: readonly FieldSpec[];
  values: Values;
  faults: readonly Fault[];
  isNew: boolean;
  /** to be read only */
  off: boolean;
  onChange: (values: Values) => void;
}

export function FormFields({fields, values, faults, isNew, off, onChange}: Props) {
  return fields.map((field) => (
    <div key={field.at} className={field.half ? 'half' : undefined}>
      <OneField
        {...{field, off: off || ((field.at === ID || field.fixed === true) && !isNew)}}
        value={values[field.at] ?? ''}
        fault={faultOf(faults, fields, field.at)}
        onChange={(value) => onChange({...values, [field.at]: value})}
      />
    </div>
  ));
}

interface OneProps {
  field: FieldSpec;
  value: Value;
  off: boolean;
  fault: Fault | undefined;
  onChange: (value: Value) => void;
}

function OneField({field, value, off, fault, onChange}: OneProps) {
  const say = useWords(setUpWords);
  const {kind, unit, required, hint} = field;
  const label = unit ? `${say(field.word)} (${unit})` : say(field.word);
  const about = {
    label,
    disabled: off,
    error: fault ? (say.maybe(`fault_${fault.code}`) ?? fault.detail) : null,
    ...(hint ? {hint: say(hint)} : {}),
  };
  if (kind === 'flag')
    return <Check {...about} checked={value === true} onChange={(event) => onChange(event.target.checked)} />;
  if (kind === 'many') return <Several {...{field, value, off, fault, onChange}} />;
  if (kind === 'choice') return <Choice {...{field, value, off, fault, onChange}} />;
  const numeric = kind === 'int' ? 'numeric' : kind === 'text' || kind === 'area' ? undefined : 'decimal';
  return (
    <Field
      {...about}
      {...(numeric && kind !== 'time' ? {inputMode: numeric, dir: 'ltr'} : {})}
      type={kind === 'time' ? 'datetime-local' : 'text'}
      required={required === true}
      autoComplete="off"
      value={String(value)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function useOptions({options: given = [], required, wordOf}: FieldSpec) {
  const say = useWords(setUpWords);
  const me = useMe();
  const options = typeof given === 'function' ? given(me) : given;
  const from = 'path' in options ? options : null;
  const rows = useRead<Row[]>(from?.path ?? null);
  const known = from
    ? (rows.data ?? []).map((row) => ({
        value: String(row[from.value]),
        label: `${String(row[from.value])} · ${String(row[from.label])}`,
      }))
    : (options as readonly string[]).map((value) => ({
        value,
        label: (wordOf && say.maybe(`${wordOf}${value}`)) ?? value,
      }));
  return required ? known : [{value: '', label: say('none_of_them')}, ...known];
}

function Choice({field, value, off, fault, onChange}: OneProps) {
  const say = useWords(setUpWords);
  const options = useOptions(field);
  const chosen = String(value);
  const unset = options.some((option) => option.value === chosen) ? [] : [{value: chosen, label: chosen || '–'}];
  return (
    <Select
      label={say(field.word)}
      disabled={off}
      required={field.required === true}
      error={fault ? (say.maybe(`fault_${fault.code}`) ?? fault.detail) : null}
      {...(field.hint ? {hint: say(field.hint)} : {})}
      options={[...unset, ...options]}
      value={chosen}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Several of a few: a box for each. */
function Several({field, value, off, fault, onChange}: OneProps) {
  const say = useWords(setUpWords);
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const offered = useOptions({...field, required: true});
  // what somebody is already stays to be seen, also where it is not the reader's to give
  const others = chosen.filter((one) => !offered.some((option) => option.value === one));
  const options = [
    ...offered,
    ...others.map((one) => ({value: one, label: (field.wordOf && say.maybe(`${field.wordOf}${one}`)) ?? one})),
  ];
  const toggle = (one: string) => onChange(chosen.includes(one) ? chosen.filter((it) => it !== one) : [...chosen, one]);
  return (
    <fieldset className="setup-several">
      <legend>{say(field.word)}</legend>
      <div className="setup-boxes">
        {options.map((option) => (
          <Check
            key={option.value}
            label={option.label}
            disabled={off}
            checked={chosen.includes(option.value)}
            onChange={() => toggle(option.value)}
          />
        ))}
      </div>
      {fault && <p className="error">{say.maybe(`fault_${fault.code}`) ?? fault.detail}</p>}
    </fieldset>
  );
}
