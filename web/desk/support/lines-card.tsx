import {useState} from 'react';
import {Button} from '../../ui/button.tsx';
import {Card} from '../../ui/card.tsx';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Table} from '../../ui/table.tsx';
import {supportWords} from '../../words/support/index.ts';
import type {Dossier} from './types.ts';

type Line = Dossier['lines'][number];

/** More are shown when somebody asks for them: an order may have hundreds. */
const FIRST = 8;

export function Lines({order}: {order: Dossier}) {
  const say = useWords(supportWords);
  const [all, showAll] = useState(false);
  const {lines} = order;
  const shown = all ? lines : lines.slice(0, FIRST);
  return (
    <Card title={`${say('lines')} (${lines.length})`}>
      <Table<Line>
        caption={say('lines')}
        rows={shown}
        id={({line_id}) => line_id}
        columns={[
          {key: 'product', head: say('product'), cell: (line) => <Product line={line} />},
          {key: 'qty', head: say('ordered'), cell: ({qty}) => qty, end: true},
          {key: 'progress', head: say('progress'), cell: (line) => <Progress line={line} />},
          {key: 'total', head: say('total'), cell: ({total}) => <Money of={total} />, end: true},
        ]}
      />
      {!all && lines.length > FIRST && (
        <Button onClick={() => showAll(true)}>{say('all_lines', {n: lines.length})}</Button>
      )}
    </Card>
  );
}

function Product({line: {name, sku}}: {line: Line}) {
  return (
    <div>
      <bdi>{name}</bdi> <code className="soft">{sku}</code>
    </div>
  );
}

const STEPS = ['returned', 'delivered', 'shipped', 'picked', 'allocated', 'backordered', 'cancelled'] as const;

/** The furthest its units have come, and what is out of the ordinary. */
function Progress({line}: {line: Line}) {
  const say = useWords(supportWords);
  const furthest = STEPS.slice(1, 5).find((step) => line[step] > 0);
  const told = STEPS.filter((step) => line[step] > 0 && (step === furthest || !STEPS.slice(1, 5).includes(step)));
  return <span>{told.map((step) => say(`units_${step}`, {n: line[step]})).join(' · ')}</span>;
}
