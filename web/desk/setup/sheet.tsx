import {useQueryClient} from '@tanstack/react-query';
import {type FormEvent, useState} from 'react';
import {call, callPage, type ProblemError} from '../../ui/api.ts';
import {Button} from '../../ui/button.tsx';
import {useWrite} from '../../ui/data.ts';
import {Dialog} from '../../ui/dialog.tsx';
import {useUiWords, useWords} from '../../ui/look.tsx';
import {useUnsaved} from '../../ui/router.tsx';
import {Failure} from '../../ui/states.tsx';
import {useToast} from '../../ui/toast.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMe, useMay} from '../me.ts';
import {bodyOf, ID, strayFaults, type Values, valuesOf} from './fields.ts';
import {FormFields} from './form-fields.tsx';
import type {FormSpec, Row, SetUpPage} from './page.ts';
import {ToldOnce} from './told-once.tsx';

interface SheetProps {
  page: SetUpPage & {form: FormSpec};
  /** null: a new one is made */
  row: Row | null;
  scope: string;
  onClose: () => void;
}

/** The form of one, beside the list it is in. */
export function Sheet({page, row, scope, onClose}: SheetProps) {
  const say = useWords(setUpWords);
  const ui = useUiWords();
  const may = useMay();
  const {form} = page;
  const {fields} = form;
  const [begun] = useState(() => ({...valuesOf(fields, row), [ID]: row ? page.id(row) : ''}));
  const [values, setValues] = useState<Values>(begun);
  const dirty = JSON.stringify(values) !== JSON.stringify(begun);
  useUnsaved(dirty ? ui('leave') : null);
  const close = () => {
    if (!dirty || confirm(ui('leave'))) onClose();
  };
  const [secret, tellOnce] = useState<string | null>(null);
  const {save, saving, error} = useSave({page, row, scope, onClose}, tellOnce);
  const writable = may(form.call);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (writable && !saving) save(values);
  };
  const faults = faultsIn(error, row);
  const stray = error !== null && (faults.length === 0 || strayFaults(faults, fields).length > 0);
  if (secret !== null)
    return <ToldOnce title={say('signing_secret')} name={String(values[ID])} told={secret} onClose={onClose} />;
  const name = row ? page.id(row) : say(`new_${page.word.slice(5)}` as 'new_products');
  return (
    <Dialog
      open
      side
      title={name}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{ui(writable ? 'cancel' : 'close')}</Button>
          {writable && (
            <Button kind="go" busy={saving} disabled={!dirty} onClick={() => send()}>
              {say(row ? 'save' : 'add')}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        {stray && <Failure error={error} />}
        <form className="setup-form" onSubmit={send} noValidate>
          <FormFields {...{fields, values, faults, isNew: row === null, off: !writable}} onChange={setValues} />
          <button type="submit" hidden />
        </form>
        {row && page.More && <page.More row={row} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

/** A name that is taken is a fault of the name. */
function faultsIn(error: ProblemError | null, row: Row | null) {
  if (error?.code !== 'changed_meanwhile' || row !== null) return error?.errors ?? [];
  return [{pointer: ID, code: 'taken', detail: error.message}];
}

/** Writes one, only over what was seen of it when its form was opened, and offers the way back. */
function useSave({page, row: shown, scope, onClose}: SheetProps, tellOnce: (secret: string) => void) {
  // the list behind the form is read again while somebody types
  const [row] = useState(shown);
  const say = useWords(setUpWords);
  const tell = useToast();
  const me = useMe();
  const {form} = page;
  const client = useQueryClient();
  const back = async (id: string, saved: object) => {
    const now = await readOne(page, page.address(scope, me), id);
    const {fields} = form;
    // somebody else may have gone on from there: theirs is not taken back
    if (!now || !row || !same(bodyOf(fields, valuesOf(fields, now)), saved)) return tell({text: say('undo_late')});
    const body = bodyOf(fields, valuesOf(fields, row));
    await call('PUT', form.address(id, scope), {body, ...versionOf(now)});
    tell({text: say('undone', {name: id})});
    return client.invalidateQueries();
  };
  const undo = (id: string, saved: object) =>
    void back(id, saved).catch((error: unknown) => tell({text: (error as Error).message}));
  const write = useWrite<{signing_secret?: string}>({
    onDone: (answer, {body}) => {
      const id = row ? page.id(row) : String((body as Row | undefined)?.['reference'] ?? '');
      const text = row ? say('saved', {name: id}) : say('added');
      tell({text, ...(row && {undo: () => undo(id, body as object)})});
      // who was made with a secret is not closed before it is noted
      if (answer.signing_secret === undefined) onClose();
      else tellOnce(answer.signing_secret);
    },
  });
  const save = (values: Values) => {
    const method = form.method ?? 'PUT';
    const id = String(values[ID] ?? '').trim();
    const seen = form.onlyNew ? {} : row ? versionOf(row) : {version: 'new' as const};
    write.mutate({method, path: form.address(id, scope), body: bodyOf(form.fields, values), ...seen});
  };
  return {save, saving: write.isPending, error: write.error};
}

async function readOne(page: SetUpPage, address: string, id: string): Promise<Row | undefined> {
  const find = `${address}${address.includes('?') ? '&' : '?'}q=${encodeURIComponent(id)}`;
  const {rows} = await callPage<Row[]>(page.whole ? address : find);
  return rows.find((one) => page.id(one) === id);
}

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

const versionOf = (row: Row) => (typeof row['version'] === 'number' ? {version: row['version']} : {});
