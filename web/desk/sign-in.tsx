import {type FormEvent, useState} from 'react';
import {call, ProblemError} from '../ui/api.ts';
import {Button} from '../ui/button.tsx';
import {Check, Field} from '../ui/field.tsx';
import {useLook, useWords} from '../ui/look.tsx';
import {Failure} from '../ui/states.tsx';
import {deskWords} from '../words/desk/index.ts';
import type {Look} from '../words/look.ts';
import {LookMenu} from './look-menu.tsx';
import type {Me} from './me.ts';

interface Props {
  /** somebody was signed in here until a moment ago */
  ended: boolean;
  onEnter: (me: Me) => void;
  onLook: (part: Partial<Look>) => void;
}

/** The door of the office. */
export function SignIn({ended, onEnter, onLook}: Props) {
  const say = useWords(deskWords);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const enter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const body = {login: String(form.get('login')).trim(), password: String(form.get('password'))};
    setBusy(true);
    setError(null);
    try {
      onEnter(await call<Me>('POST', '/v1/desk/sign-in', {body}));
    } catch (refusal) {
      setError(refusal as Error);
      setBusy(false);
    }
  };
  return (
    <main className="desk-door">
      <form className="ui-card" onSubmit={(event) => void enter(event)}>
        <div className="row apart">
          <h1>{say('sign_in')}</h1>
          <LookMenu onLook={onLook} />
        </div>
        <p className="soft">{say(ended ? 'ended' : 'sign_in_about')}</p>
        {error && <Refusal error={error} />}
        <Field
          label={say('login')}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          dir="ltr"
          autoFocus
        />
        <Field
          label={say('password')}
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          required
          dir="ltr"
        />
        <Check label={say('show_password')} checked={shown} onChange={(event) => setShown(event.target.checked)} />
        <Button kind="go" type="submit" busy={busy}>
          {say('sign_in')}
        </Button>
        <p className="soft">{say('forgotten')}</p>
        {'development' in document.documentElement.dataset && <p className="soft">{say('development')}</p>}
      </form>
    </main>
  );
}

/** A wrong guess is told as one, a lock with the time it ends. */
function Refusal({error}: {error: Error}) {
  const say = useWords(deskWords);
  const {locale} = useLook();
  const {code, members} = error instanceof ProblemError ? error : {code: '', members: {} as Record<string, unknown>};
  const until = members['until'];
  const words =
    code === 'sign_in_locked' && typeof until === 'string'
      ? say('locked', {time: new Intl.DateTimeFormat(locale, {timeStyle: 'medium'}).format(new Date(until))})
      : {sign_in_refused: say('refused'), invalid_request: say('refused'), rate_limited: say('locked_all')}[code];
  if (words === undefined) return <Failure error={error} />;
  return (
    <p className="ui-failure" role="alert">
      {words}
    </p>
  );
}
