import {useState} from 'react';
import {mayManage} from '../../../domain/floor/roles.ts';
import {Button} from '../../ui/button.tsx';
import {useWrite} from '../../ui/data.ts';
import {Confirm} from '../../ui/dialog.tsx';
import {useWords} from '../../ui/look.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMay, useMe} from '../me.ts';
import {ToldOnce} from './told-once.tsx';

/** As the interface tells of somebody who works here. */
export interface Person {
  staff_id: string;
  name: string;
  warehouse: string | null;
  roles: readonly string[];
  active: boolean;
  has_badge: boolean;
  has_pin: boolean;
  pin_spent: boolean;
  has_password: boolean;
  version: number;
}

type Way = 'badge' | 'pin' | 'password';
const WAYS: readonly Way[] = ['badge', 'pin', 'password'];

/** How somebody can sign in. */
export function Ways({of: {has_badge, has_pin, has_password, pin_spent}}: {of: Person}) {
  const say = useWords(setUpWords);
  const has = {badge: has_badge, pin: has_pin, password: has_password};
  const known = WAYS.filter((way) => has[way]).map((way) => say(`way_${way}`));
  if (pin_spent) known.push(say('pin_spent'));
  return known.length > 0 ? known.join(' · ') : <span className="soft">{say('no_way')}</span>;
}

/** New badges, PINs and passwords: told this once, and signed out everywhere else. */
export function PersonMore({row}: {row: Person}) {
  const say = useWords(setUpWords);
  const may = useMay();
  const me = useMe();
  const [way, choose] = useState<Way | null>(null);
  // nobody sets the secret of who stands above them
  const theirs = row.roles.every((role) => mayManage(me.roles, role)) || row.staff_id === me.staff_id;
  if (!may('giveCredentials') || !theirs) return null;
  return (
    <section className="setup-extra">
      <h3>{say('ways')}</h3>
      <p className="soft">
        <Ways of={row} />
      </p>
      <div className="row">
        {WAYS.map((one) => (
          <Button key={one} onClick={() => choose(one)}>
            {say(`new_${one}`)}
          </Button>
        ))}
      </div>
      {way && <GiveWay key={way} way={way} person={row} onClose={() => choose(null)} />}
    </section>
  );
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Every sign as likely as any other: what would favour the first of them is thrown again. */
function randomSigns(signs: string, length: number): string {
  const fair = 256 - (256 % signs.length);
  let made = '';
  while (made.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < fair && made.length < length) made += signs[byte % signs.length];
  }
  return made;
}

/** PINs of six digits; passwords in groups, so that they can be read out. */
const MADE: Readonly<Record<Way, () => Readonly<Record<string, unknown>>>> = {
  badge: () => ({badge: true}),
  pin: () => ({pin: randomSigns('0123456789', 6)}),
  password: () => ({password: (randomSigns(LETTERS, 16).match(/.{4}/g) ?? []).join('-')}),
};

function GiveWay({way, person, onClose}: {way: Way; person: Person; onClose: () => void}) {
  const say = useWords(setUpWords);
  const [told, tell] = useState<string | null>(null);
  const give = useWrite<{badge: string | null}>({
    onDone: ({badge}, {body}) => tell(badge ?? String((body as Record<string, unknown>)[way])),
  });
  const path = `/v1/staff/${encodeURIComponent(person.staff_id)}/credentials`;
  if (told !== null) return <ToldOnce title={say(`way_${way}`)} name={person.name} told={told} onClose={onClose} />;
  return (
    <Confirm
      open
      title={say(`new_${way}`)}
      deed={say('make_it')}
      busy={give.isPending}
      error={give.error}
      onClose={onClose}
      onConfirm={() => give.mutate({path, body: MADE[way]()})}
    >
      <p>{say(`give_${way}`, {name: person.name})}</p>
      <p className="soft">{say('give_signs_out')}</p>
    </Confirm>
  );
}
