import {useState} from 'react';
import {Button} from '../../../ui/button.tsx';
import {Card} from '../../../ui/card.tsx';
import {useWrite} from '../../../ui/data.ts';
import {Confirm} from '../../../ui/dialog.tsx';
import {Field} from '../../../ui/field.tsx';
import {useWords} from '../../../ui/look.tsx';
import {Empty} from '../../../ui/states.tsx';
import {When} from '../../../ui/when.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {useMay} from '../../me.ts';
import {Bar} from './bar.tsx';
import {Effect} from './effect.tsx';
import type {Act} from './types.ts';
import {Stop} from './under-way.tsx';

/** What it would do, in words and as a bar; only then the button that does it. */
export function ShownAct({act}: {act: Act}) {
  const say = useWords(manyWords);
  const may = useMay();
  const [asking, ask] = useState(false);
  const n = act.possible ?? 0;
  return (
    <Card title={say('would')}>
      <Bar act={act} />
      {n === 0 ? (
        <Empty title={say('none_possible')}>
          <p>{say('none_possible_how')}</p>
        </Empty>
      ) : (
        <>
          <Effect act={act} />
          <p className="soft">
            {say(act.kind === 'hold' ? 'undoable' : 'final')} {say('changed_refused')}
          </p>
          {act.expires_at && (
            <p className="soft">
              {say('stands_until')} <When at={act.expires_at} exact />
            </p>
          )}
        </>
      )}
      <div className="row">
        {n > 0 && may('confirmBulk') && (
          <Button kind={act.kind === 'cancel' ? 'danger' : 'go'} onClick={() => ask(true)}>
            {say(`confirm_${act.kind}`, {n})}
          </Button>
        )}
        <Stop act={act} word="drop" />
      </div>
      {asking && <Asking act={act} onClose={() => ask(false)} />}
    </Card>
  );
}

/** What nothing takes back is confirmed by typing how many orders it is about. */
function Asking({act, onClose}: {act: Act; onClose: () => void}) {
  const say = useWords(manyWords);
  const [typed, type] = useState('');
  const confirm = useWrite<Act>({onDone: onClose});
  const n = act.possible ?? 0;
  const mustType = act.kind === 'cancel';
  return (
    <Confirm
      open
      title={say(`confirm_${act.kind}`, {n})}
      deed={say(`confirm_${act.kind}`, {n})}
      danger={mustType}
      busy={confirm.isPending}
      disabled={mustType && Number(typed.trim()) !== n}
      error={confirm.error}
      onClose={onClose}
      onConfirm={() => confirm.mutate({path: `/v1/ops/bulk/${act.bulk_id}/confirm`, body: {orders: n}})}
    >
      <Effect act={act} />
      {mustType && (
        <Field
          label={say('type_count', {n})}
          inputMode="numeric"
          autoComplete="off"
          dir="ltr"
          value={typed}
          onChange={({target}) => type(target.value)}
        />
      )}
    </Confirm>
  );
}
