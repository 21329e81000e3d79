import {useState} from 'react';
import {ActDialog} from '../../ui/act-dialog.tsx';
import {Button, ButtonLink} from '../../ui/button.tsx';
import {Card, Facts} from '../../ui/card.tsx';
import {Area} from '../../ui/field.tsx';
import {useKeys} from '../../ui/keys.tsx';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {useOwner} from '../../ui/owner.ts';
import {Empty} from '../../ui/states.tsx';
import {When} from '../../ui/when.tsx';
import {actWords} from '../../words/acts/index.ts';
import {reviewWords} from '../../words/reviews/index.ts';
import type {Case} from './cases.ts';

interface Props {
  cases: readonly Case[];
  chosen: Case | undefined;
  onChoose: (id: string) => void;
}

/** The queue beside the one that is looked at; `a` and `r` decide on it. */
export function Queue({cases, chosen, onChoose}: Props) {
  const say = useWords(reviewWords);
  const [decision, decide] = useState<{approve: boolean; of: Case} | null>(null);
  const open = (approve: boolean) => chosen && decide({approve, of: chosen});
  useKeys([
    {key: 'a', about: say('key_approve'), run: () => open(true)},
    {key: 'r', about: say('key_reject'), run: () => open(false)},
  ]);
  if (!chosen) {
    return (
      <Empty title={say('none')}>
        <p>{say('none_how')}</p>
      </Empty>
    );
  }
  return (
    <div className="reviews">
      <ul className="reviews-queue">
        {cases.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              data-row
              aria-current={one === chosen ? 'true' : undefined}
              onFocus={() => onChoose(one.id)}
              onClick={() => onChoose(one.id)}
            >
              <Summary one={one} />
            </button>
          </li>
        ))}
      </ul>
      <About one={chosen} onDecide={open} />
      {decision && <Deciding key={decision.of.id} {...decision} onClose={() => decide(null)} />}
    </div>
  );
}

/** What tells it from the others: whose it is, what it is worth, and how soon it has to be decided. */
function Summary({one: {name, customer, worth, score, deadline, since}}: {one: Case}) {
  const say = useWords(reviewWords);
  return (
    <>
      <span className="row apart title">
        <bdi>{name}</bdi>
        {worth && <Money of={worth} />}
      </span>
      {customer && (
        <bdi className="customer" title={customer}>
          {customer}
        </bdi>
      )}
      <span className="soft">
        {score !== null && (
          <>
            {say('score')} {score} ·{' '}
          </>
        )}
        {say(deadline ? 'deadline' : 'requested')} <When at={deadline ?? since} />
      </span>
    </>
  );
}

function About({one, onDecide}: {one: Case; onDecide: (approve: boolean) => void}) {
  const say = useWords(reviewWords);
  const acts = useWords(actWords);
  const ownerOf = useOwner();
  const {name, customer, score, worth, reasons, since, deadline, owner, order_id} = one;
  return (
    <Card
      title={<bdi>{name}</bdi>}
      aside={<ButtonLink href={`/desk/support/${order_id}`}>{say('open_order')}</ButtonLink>}
    >
      {score !== null && (
        <div className="reviews-score">
          <span>
            {say('score')}: <strong>{score}</strong>
          </span>
          <meter min={0} max={100} low={50} high={80} optimum={0} value={score} aria-label={say('score')} />
        </div>
      )}
      <h3>{say('reasons')}</h3>
      <ul className="reviews-reasons">
        {reasons.map((reason) => (
          <Reason key={reason} reason={reason} />
        ))}
      </ul>
      <Facts
        facts={[
          ...(customer ? [[say('customer'), <bdi key="customer">{customer}</bdi>] as const] : []),
          ...(worth ? [[say('worth'), <Money key="worth" of={worth} />] as const] : []),
          [say('requested'), <When key="since" at={since} exact />],
          ...(deadline ? [[say('deadline'), <When key="deadline" at={deadline} exact />] as const] : []),
          [say('owner'), <bdi key="owner">{ownerOf(owner)}</bdi>],
        ]}
      />
      <div className="row">
        <Button kind="go" onClick={() => onDecide(true)}>
          {acts('approve')}{' '}
          <span className="keycap" aria-hidden="true">
            a
          </span>
        </Button>
        <Button kind="danger" onClick={() => onDecide(false)}>
          {acts('reject')}{' '}
          <span className="keycap" aria-hidden="true">
            r
          </span>
        </Button>
      </div>
    </Card>
  );
}

/** The rules of risk speak English. */
function Reason({reason}: {reason: string}) {
  const say = useWords(reviewWords);
  const words = say.maybe(`why_${reason}`);
  return words === null ? (
    <li lang="en" dir="ltr">
      {reason}
    </li>
  ) : (
    <li>{words}</li>
  );
}

function Deciding({approve, of, onClose}: {approve: boolean; of: Case; onClose: () => void}) {
  const acts = useWords(actWords);
  const [note, write] = useState('');
  const verb = approve ? 'approve' : 'reject';
  return (
    <ActDialog
      orderId={of.order_id}
      currency={of.worth?.currency ?? 'USD'}
      title={`${acts(verb)}: ${of.name}`}
      verb={acts(`${verb}_deed`)}
      danger={!approve}
      deed={note.trim() === '' ? null : of.decide(approve, note.trim())}
      onClose={onClose}
    >
      <Area
        label={acts('note')}
        hint={acts('reason_hint')}
        required
        maxLength={200}
        value={note}
        onChange={(event) => write(event.target.value.replace(/\n/g, ' '))}
      />
    </ActDialog>
  );
}
