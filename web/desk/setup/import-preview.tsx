import {useState} from 'react';
import {Button, ButtonLink} from '../../ui/button.tsx';
import {Card, Stat} from '../../ui/card.tsx';
import {useLook, useWords} from '../../ui/look.tsx';
import {Status} from '../../ui/status.tsx';
import {Table} from '../../ui/table.tsx';
import {importWords} from '../../words/set-up/import/index.ts';
import type {Import} from './import-file.ts';
import type {SetUpPage} from './page.ts';

interface Props {
  one: Import;
  onWrite: (mode: 'all' | 'valid') => void;
  onAgain: () => void;
}

/** What would come of a file, before anything does. */
export function ImportPreview({one, onWrite, onAgain}: Props) {
  const say = useWords(importWords);
  const [valid, leaveOut] = useState(false);
  const {counts} = one;
  const lines = counts.new + counts.changed;
  const wrong = counts.refused > 0;
  return (
    <>
      <Counts one={one} />
      {one.unread.length > 0 && <p className="setup-wrong">{say('unread', {columns: one.unread.join(', ')})}</p>}
      {wrong && <Faults one={one} />}
      {one.changes.length > 0 && <Changes one={one} />}
      <div className="setup-decide">
        {wrong && lines > 0 && (
          <label>
            <input type="checkbox" checked={valid} onChange={(event) => leaveOut(event.target.checked)} />
            {say('leave_out', {n: counts.refused})}
          </label>
        )}
        {wrong && !valid && <p className="soft">{say('all_or_nothing')}</p>}
        {!wrong && lines === 0 && <p className="soft">{say('nothing_new')}</p>}
        <div className="row">
          <Button onClick={onAgain}>{say('another')}</Button>
          <Button
            kind="go"
            disabled={lines === 0 || (wrong && !valid)}
            onClick={() => onWrite(wrong ? 'valid' : 'all')}
          >
            {say('write', {n: lines})}
          </Button>
        </div>
      </div>
    </>
  );
}

function Counts({one: {counts, file_name}}: {one: Import}) {
  const say = useWords(importWords);
  const {locale} = useLook();
  const told = (n: number) => new Intl.NumberFormat(locale).format(n);
  return (
    <section className="stack" aria-label={file_name}>
      <p>
        <bdi>{file_name}</bdi>
      </p>
      <div className="setup-counts">
        <Stat label={say('count_new')} value={told(counts.new)} tone={counts.new > 0 ? 'good' : 'still'} />
        <Stat
          label={say('count_changed')}
          value={told(counts.changed)}
          tone={counts.changed > 0 ? 'moving' : 'still'}
        />
        <Stat label={say('count_same')} value={told(counts.same)} tone="still" />
        <Stat label={say('count_refused')} value={told(counts.refused)} tone={counts.refused > 0 ? 'bad' : 'still'} />
      </div>
    </section>
  );
}

function Faults({one}: {one: Import}) {
  const say = useWords(importWords);
  const rows = one.faults.map((fault, i) => ({...fault, id: String(i)}));
  return (
    <Card
      title={
        <>
          <Status tone="bad">{say('refused', {n: one.counts.refused})}</Status>
        </>
      }
      aside={
        <a className="ui-button plain" href={`/v1/imports/${one.import_id}/refused`} download>
          {say('refused_file')}
        </a>
      }
    >
      <Table
        caption={say('refused', {n: one.counts.refused})}
        rows={rows}
        id={({id}) => id}
        columns={[
          {key: 'line', head: say('line'), cell: ({line}) => line},
          {key: 'column', head: say('column'), cell: ({column}) => (column ? <code>{column}</code> : '–')},
          {
            key: 'value',
            head: say('value'),
            cell: ({value}) => (value ? <bdi className="setup-cell">{value}</bdi> : '–'),
          },
          {key: 'why', head: say('why'), cell: ({code, detail}) => say.maybe(`fault_${code}`) ?? detail},
        ]}
      />
      {one.counts.refused > rows.length && <p className="soft">{say('first_only', {n: rows.length})}</p>}
    </Card>
  );
}

function Changes({one}: {one: Import}) {
  const say = useWords(importWords);
  return (
    <Card title={say('changes')}>
      <Table
        caption={say('changes')}
        rows={one.changes}
        id={({line}) => String(line)}
        columns={[
          {key: 'line', head: say('line'), cell: ({line}) => line},
          {key: 'name', head: say('name'), cell: ({name}) => <bdi>{name}</bdi>},
          {
            key: 'what',
            head: say('what'),
            cell: ({verdict, changes}) =>
              verdict === 'new' ? (
                <Status tone="good">{say('new')}</Status>
              ) : (
                <ul className="setup-changes" dir="ltr">
                  {changes.map(({column, before, after}) => (
                    <li key={column}>
                      <code>{column}</code> <del>{before || '–'}</del> <span aria-hidden="true">→</span>{' '}
                      <ins>{after || '–'}</ins>
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
      {one.counts.new + one.counts.changed > one.changes.length && (
        <p className="soft">{say('first_only', {n: one.changes.length})}</p>
      )}
    </Card>
  );
}

/** What came of it. */
export function ImportDone({one, page, onAgain}: {one: Import; page: SetUpPage; onAgain: () => void}) {
  const say = useWords(importWords);
  return (
    <>
      <Card title={<Status tone="good">{say('done', {n: one.written})}</Status>}>
        <p className="soft">{say('done_how')}</p>
        <div className="row">
          <Button onClick={onAgain}>{say('another')}</Button>
          <ButtonLink kind="go" href={`/desk/setup/${page.path}`}>
            {say('to_list')}
          </ButtonLink>
        </div>
      </Card>
      <Counts one={one} />
      {one.counts.refused > 0 && <Faults one={one} />}
    </>
  );
}
