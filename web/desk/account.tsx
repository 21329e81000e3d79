import {type FormEvent, useState} from 'react';
import {ProblemError} from '../ui/api.ts';
import {Button} from '../ui/button.tsx';
import {useWrite} from '../ui/data.ts';
import {Confirm} from '../ui/dialog.tsx';
import {Field} from '../ui/field.tsx';
import {useWords} from '../ui/look.tsx';
import {Menu} from '../ui/menu.tsx';
import {useToast} from '../ui/toast.tsx';
import {deskWords} from '../words/desk/index.ts';
import type {Look} from '../words/look.ts';
import {LookFields} from './look-menu.tsx';
import {type Me, useMe} from './me.ts';

/** Who is signed in, how they read the pages, and the way out. */
export function Account({onLook, onLeave}: {onLook: (part: Partial<Look>) => void; onLeave: () => void}) {
  const say = useWords(deskWords);
  const me = useMe();
  const [changing, setChanging] = useState(false);
  const roles = me.roles.map((role) => say.maybe(`role_${role}`) ?? role);
  return (
    <>
      <Menu label={<bdi className="desk-who">{me.name}</bdi>}>
        <p className="soft">{roles.join(' · ')}</p>
        <LookFields onLook={onLook} />
        {me.staff_id && <Button onClick={() => setChanging(true)}>{say('change_password')}</Button>}
        <Button onClick={onLeave}>{say('sign_out')}</Button>
      </Menu>
      {changing && <NewPassword onClose={() => setChanging(false)} />}
    </>
  );
}

function NewPassword({onClose}: {onClose: () => void}) {
  const say = useWords(deskWords);
  const tell = useToast();
  const [typed, setTyped] = useState({current: '', password: ''});
  const change = useWrite<Me>({
    onDone: () => {
      tell({text: say('password_done')});
      onClose();
    },
  });
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!change.isPending) change.mutate({method: 'PUT', path: '/v1/desk/password', body: typed});
  };
  const wrong = change.error instanceof ProblemError && change.error.code === 'sign_in_refused';
  const short = change.error?.errors.find(({pointer}) => pointer === '/password')?.detail;
  return (
    <Confirm
      open
      title={say('change_password')}
      deed={say('change_password')}
      busy={change.isPending}
      error={wrong || short ? null : change.error}
      onClose={onClose}
      onConfirm={send}
    >
      <form className="stack" onSubmit={send}>
        <Field
          label={say('password_now')}
          type="password"
          autoComplete="current-password"
          error={wrong ? say('password_wrong') : null}
          value={typed.current}
          onChange={({target}) => setTyped({...typed, current: target.value})}
        />
        <Field
          label={say('password_new')}
          type="password"
          autoComplete="new-password"
          hint={say('password_rule')}
          error={short}
          value={typed.password}
          onChange={({target}) => setTyped({...typed, password: target.value})}
        />
        {/* Enter in a field sends, as in every form */}
        <button type="submit" hidden />
      </form>
    </Confirm>
  );
}
