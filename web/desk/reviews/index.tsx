import {useState} from 'react';
import {Tabs} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {useWords} from '../../ui/look.tsx';
import {useQueryValue} from '../../ui/router.tsx';
import {Shown} from '../../ui/states.tsx';
import {reviewWords} from '../../words/reviews/index.ts';
import {type Case, caseOfReturn, caseOfReview, type ReturnRow, type ReviewRow} from './cases.ts';
import {Queue} from './queue.tsx';
import './reviews.css';

/** What the rules leave to a person, the most urgent first. */
export default function Reviews() {
  const say = useWords(reviewWords);
  const [kept, keep] = useQueryValue('of');
  const tab = kept === 'returns' ? 'returns' : 'fraud';
  const reviews = useRead<ReviewRow[]>('/v1/reviews?state=open&limit=200', {every: LIVE});
  const returns = useRead<ReturnRow[]>('/v1/returns?state=in_review&limit=200', {every: LIVE});
  const tabs = [
    {key: 'fraud' as const, label: say('fraud'), ...counted(reviews.data)},
    {key: 'returns' as const, label: say('returns'), ...counted(returns.data)},
  ];
  return (
    <>
      <div className="row apart">
        <h1>{say('title')}</h1>
        <p className="soft reviews-keys">{say('keys')}</p>
      </div>
      <Tabs tabs={tabs} value={tab} label={say('queues')} onChange={(key) => keep(key === 'fraud' ? '' : key)} />
      {tab === 'fraud' ? (
        <Shown query={reviews}>{(rows) => <Cases key="fraud" cases={rows.map(caseOfReview)} />}</Shown>
      ) : (
        <Shown query={returns}>{(rows) => <Cases key="returns" cases={rows.map(caseOfReturn)} />}</Shown>
      )}
    </>
  );
}

const counted = (rows: readonly unknown[] | undefined) => (rows ? {count: rows.length} : {});

function Cases({cases}: {cases: readonly Case[]}) {
  const [chosen, choose] = useState('');
  const one = cases.find(({id}) => id === chosen) ?? cases[0];
  return <Queue cases={cases} chosen={one} onChoose={choose} />;
}
