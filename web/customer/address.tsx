import {type FormEvent, useId, useState} from 'react';
import type {Tracking} from '../../api/contract/track.ts';
import {Button} from '../ui/button.tsx';
import type {ProblemError} from '../ui/api.ts';
import {useWrite} from '../ui/data.ts';
import {Dialog} from '../ui/dialog.tsx';
import {Field} from '../ui/field.tsx';
import {useUiWords, useWords} from '../ui/look.tsx';
import {customerWords} from '../words/customer/index.ts';
import {usePath} from './path.tsx';
import {Refused} from './refused.tsx';

interface Props {
  view: Tracking;
  open: boolean;
  onClose: () => void;
}

const FIELDS = [
  {name: 'name', complete: 'name', required: true},
  {name: 'line1', complete: 'address-line1', required: true},
  {name: 'line2', complete: 'address-line2', required: false},
  {name: 'city', complete: 'address-level2', required: true},
  {name: 'region', complete: 'address-level1', required: false},
  {name: 'postal_code', complete: 'postal-code', required: false},
] as const;

/** Another door of the same town. The one it goes to now is not shown: somebody may have been sent this link. */
export function Address({view, open, onClose}: Props) {
  const say = useWords(customerWords);
  const ui = useUiWords();
  const form = useId();
  const path = usePath('/address');
  const [done, setDone] = useState(false);
  const write = useWrite({onDone: () => setDone(true)});
  const town = view.destination;
  const close = () => {
    setDone(false);
    write.reset();
    onClose();
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    const ship_to = {...Object.fromEntries(FIELDS.map(({name}) => [name, text(name)])), country: town?.country ?? ''};
    write.mutate({path, body: {ship_to, confirm_email: text('confirm_email')}});
  };
  if (done) {
    return (
      <Dialog open={open} title={say('address')} onClose={close}>
        <p role="status">{say('address_done')}</p>
      </Dialog>
    );
  }
  const actions = (
    <>
      <Button onClick={close}>{ui('cancel')}</Button>
      <Button kind="go" type="submit" form={form} busy={write.isPending}>
        {say('address')}
      </Button>
    </>
  );
  return (
    <Dialog open={open} title={say('address_q')} onClose={close} actions={actions}>
      <form id={form} className="stack" onSubmit={send}>
        <p className="soft">{say('address_town', {town: town?.city ?? ''})}</p>
        {FIELDS.map(({name, complete, required}) => (
          <Field
            key={name}
            name={name}
            label={say(name)}
            autoComplete={complete}
            required={required}
            maxLength={name === 'name' ? 300 : 200}
            {...(name === 'city' && town ? {defaultValue: town.city} : {})}
            error={faultOf(write.error, name)}
          />
        ))}
        <Field
          name="confirm_email"
          type="email"
          label={say('address_mail')}
          hint={say('address_mail_why')}
          autoComplete="email"
          required
          error={write.error?.code === 'not_confirmed' ? say('why_not_confirmed') : null}
        />
        <p>{say('address_then')}</p>
        {write.error && write.error.code !== 'not_confirmed' && <Refused error={write.error} />}
      </form>
    </Dialog>
  );
}

function faultOf(error: ProblemError | null, name: string): string | null {
  return error?.errors.find(({pointer}) => pointer === `/ship_to/${name}`)?.detail ?? null;
}
