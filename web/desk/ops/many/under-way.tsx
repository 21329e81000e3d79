import {Button} from '../../../ui/button.tsx';
import {Card} from '../../../ui/card.tsx';
import {useWrite} from '../../../ui/data.ts';
import {useUiWords, useWords} from '../../../ui/look.tsx';
import {Progress} from '../../../ui/progress.tsx';
import {Failure} from '../../../ui/states.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {useMay} from '../../me.ts';
import {Bar} from './bar.tsx';
import type {Act} from './types.ts';

/** Being tried out on each order; nothing is changed yet. */
export function Previewing({act}: {act: Act}) {
  const say = useWords(manyWords);
  return (
    <Card>
      <div aria-live="polite">
        <Progress label={say('trying')} n={act.shown} of={act.orders} />
      </div>
      <div className="row">
        <Stop act={act} word="drop" />
      </div>
    </Card>
  );
}

/** How far it is; it can be stopped where it is. */
export function Running({act}: {act: Act}) {
  const say = useWords(manyWords);
  const ui = useUiWords();
  return (
    <Card title={say('running')}>
      <p className="many-count" aria-live="polite">
        {ui('progress_of', {n: act.orders - act.counts.waiting, of: act.orders})}
      </p>
      <Bar act={act} />
      <p className="soft">{say('stop_how')}</p>
      <div className="row">
        <Stop act={act} word="stop" />
      </div>
    </Card>
  );
}

export function Stop({act, word}: {act: Act; word: 'drop' | 'stop'}) {
  const say = useWords(manyWords);
  const may = useMay();
  const stop = useWrite();
  if (!may('stopBulk')) return null;
  const path = `/v1/ops/bulk/${act.bulk_id}/stop`;
  return (
    <>
      <Button
        kind={word === 'stop' ? 'danger' : 'quiet'}
        busy={stop.isPending}
        disabled={act.stopped_by !== null}
        onClick={() => stop.mutate({path, body: {}})}
      >
        {say(word)}
      </Button>
      {stop.error && <Failure error={stop.error} />}
    </>
  );
}
