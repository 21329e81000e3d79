import {useState} from 'react';
import {Button, ButtonLink} from '../../ui/button.tsx';
import {useWrite} from '../../ui/data.ts';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Failure} from '../../ui/states.tsx';
import {Status, type Tone} from '../../ui/status.tsx';
import {When} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {useMay, useMe} from '../me.ts';
import {actOn, placeOf} from './exception-acts.ts';
import {ExceptionDialog} from './exception-dialog.tsx';
import {OrderLink} from './order-link.tsx';
import type {Exception} from './types.ts';
import './exceptions.css';

const TONES: Readonly<Record<Exception['severity'], Tone>> = {high: 'bad', medium: 'wait', low: 'still'};

/** One thing that stands still: what it is, what to do, whose it is, and the act. */
export function ExceptionRow({of}: {of: Exception}) {
  const say = useWords(opsWords);
  const {kind, severity, code, order_id, number, subject, since, deadline, value} = of;
  return (
    <li className={`ops-exception ${TONES[severity]}`}>
      <div className="what">
        <p>
          <Status tone={TONES[severity]}>{say(`severity_${severity}`)}</Status>
        </p>
        <p className="title">{say(`kind_${kind}`)}</p>
        <p>
          {order_id !== null && number !== null ? <OrderLink id={order_id} number={number} /> : <bdi>{subject}</bdi>}{' '}
          <code dir="ltr">{code}</code>
          {value && (
            <>
              {' · '}
              <Money of={value} />
            </>
          )}
        </p>
        <p>{say(`do_${kind}`)}</p>
        <p className="soft">
          <When at={since} />
          {deadline && <Deadline at={deadline} />} · {say('read_on', {page: `docs/${of.runbook}`})}
        </p>
      </div>
      <Acts of={of} />
    </li>
  );
}

function Deadline({at}: {at: string}) {
  const say = useWords(opsWords);
  const [before = '', after = ''] = say('deadline', {time: '|'}).split('|');
  return (
    <>
      {' · '}
      {before}
      <When at={at} exact />
      {after}
    </>
  );
}

function Acts({of}: {of: Exception}) {
  const say = useWords(opsWords);
  const may = useMay();
  const [open, setOpen] = useState(false);
  const act = actOn(of);
  const place = placeOf(of);
  return (
    <div className="acts">
      {act && may(act.call) && (
        <Button kind="go" onClick={() => setOpen(true)}>
          {say(act.word)}
        </Button>
      )}
      {place && may(place.call) && <ButtonLink href={place.href}>{say(place.word)}</ButtonLink>}
      {may('claimException') && <Claim of={of} />}
      {act && open && <ExceptionDialog of={of} act={act} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Claim({of: {key, owner}}: {of: Exception}) {
  const say = useWords(opsWords);
  const {client} = useMe();
  const write = useWrite();
  const give = (body: {key: string; owner?: null}) => write.mutate({path: '/v1/ops/exceptions/claims', body});
  const mine = owner === client;
  return (
    <>
      {owner !== null && (
        <span className="soft">{mine ? say('owner_me') : say('owner_is', {who: owner.replace(/^staff:/, '')})}</span>
      )}
      <Button kind="quiet" busy={write.isPending} onClick={() => give(mine ? {key, owner: null} : {key})}>
        {say(mine ? 'give_back' : 'take')}
      </Button>
      {write.error && <Failure error={write.error} />}
    </>
  );
}
