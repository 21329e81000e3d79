import {useState} from 'react';
import {call, newKey, type ProblemError} from '../../../ui/api.ts';
import {Button} from '../../../ui/button.tsx';
import {Card} from '../../../ui/card.tsx';
import {useWrite} from '../../../ui/data.ts';
import {Confirm} from '../../../ui/dialog.tsx';
import {Field} from '../../../ui/field.tsx';
import {useWords} from '../../../ui/look.tsx';
import {goTo, Link} from '../../../ui/router.tsx';
import {Failure} from '../../../ui/states.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {useMay} from '../../me.ts';
import {Bar} from './bar.tsx';
import type {Act, ActOrder, Wanted} from './types.ts';

/** What became of it, and what can be done about that. */
export function Ended({act}: {act: Act}) {
  const say = useWords(manyWords);
  const may = useMay();
  const [undoing, undo] = useState(false);
  const changed = act.refusals.some(({code}) => code === 'order_changed') && act.undoes === null;
  return (
    <Card title={say(`state_${act.state}`)}>
      <Bar act={act} />
      {act.undone_by.length > 0 && (
        <p>
          {say('undone')}{' '}
          {act.undone_by.map((id) => (
            <Link key={id} href={`/desk/ops/many/${id}`}>
              {say('name_release', {n: act.counts.done})}
            </Link>
          ))}
        </p>
      )}
      <div className="row">
        {may('undoBulk') && act.can_undo > 0 && <Button onClick={() => undo(true)}>{say('undo')}</Button>}
        {may('prepareBulk') && changed && <Again act={act} />}
      </div>
      {undoing && <Undoing act={act} onClose={() => undo(false)} />}
    </Card>
  );
}

function Undoing({act, onClose}: {act: Act; onClose: () => void}) {
  const say = useWords(manyWords);
  const [reason, write] = useState('');
  const undo = useWrite<Act>({onDone: ({bulk_id}) => goTo(`/desk/ops/many/${bulk_id}`)});
  const title = say('undo_title', {n: act.can_undo});
  return (
    <Confirm
      open
      title={title}
      deed={say('confirm_release', {n: act.can_undo})}
      busy={undo.isPending}
      disabled={reason.trim() === ''}
      error={undo.error}
      onClose={onClose}
      onConfirm={() => undo.mutate({path: `/v1/ops/bulk/${act.bulk_id}/undo`, body: {reason: reason.trim()}})}
    >
      <p>{say('undo_how')}</p>
      <Field
        label={say('reason')}
        hint={say('reason_how')}
        required
        maxLength={200}
        value={reason}
        onChange={({target}) => write(target.value)}
      />
    </Confirm>
  );
}

/** Prepares the same act for orders that were refused because they changed. */
function Again({act}: {act: Act}) {
  const say = useWords(manyWords);
  const [busy, wait] = useState(false);
  const [error, fail] = useState<ProblemError | null>(null);
  const prepare = async () => {
    wait(true);
    try {
      const path = `/v1/ops/bulk/${act.bulk_id}/orders?state=refused&code=order_changed&limit=200`;
      const orders = await call<ActOrder[]>('GET', path);
      const body = againOf(
        act,
        orders.map(({order_id}) => order_id),
      );
      const {bulk_id} = await call<Act>('POST', '/v1/ops/bulk', {body, key: newKey()});
      goTo(`/desk/ops/many/${bulk_id}`);
    } catch (problem) {
      fail(problem as ProblemError);
      wait(false);
    }
  };
  return (
    <>
      {error && <Failure error={error} />}
      <Button busy={busy} onClick={() => void prepare()}>
        {say('again')}
      </Button>
    </>
  );
}

function againOf({kind, reason, until, unpick, away_from}: Act, orders: string[]): Wanted {
  return {
    ...{kind, reason, orders},
    ...(until && {until}),
    ...(unpick && {unpick}),
    ...(away_from && {away_from}),
  };
}
