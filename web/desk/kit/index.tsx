import {useState} from 'react';
import {ProblemError} from '../../ui/api.ts';
import {Button} from '../../ui/button.tsx';
import {Card, Facts, Sparkline, Stat, Tabs} from '../../ui/card.tsx';
import {Confirm} from '../../ui/dialog.tsx';
import {Area, Check, Field, Search, Select} from '../../ui/field.tsx';
import {LookProvider} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Progress} from '../../ui/progress.tsx';
import {Empty, Failure, Skeleton} from '../../ui/states.tsx';
import {Status, type Tone} from '../../ui/status.tsx';
import {Table} from '../../ui/table.tsx';
import {Timeline} from '../../ui/timeline.tsx';
import {useToast} from '../../ui/toast.tsx';
import {When} from '../../ui/when.tsx';
import type {Language} from '../../words/catalogue.ts';
import {ROWS, type Row, SAMPLES, type Samples} from './samples.ts';
import './kit.css';

const SIDES: readonly {theme: 'light' | 'dark'; language: Language}[] = [
  {theme: 'light', language: 'en'},
  {theme: 'dark', language: 'en'},
  {theme: 'light', language: 'ar'},
  {theme: 'dark', language: 'ar'},
];

/** Every component beside itself: light and dark, from the left and from the right. For looking at. */
export default function Kit() {
  return (
    <>
      <h1>Components</h1>
      <div className="kit">
        {SIDES.map(({theme, language}) => (
          <LookProvider key={theme + language} look={{theme, language}}>
            <div className="kit-side stack" data-theme={theme} dir={language === 'ar' ? 'rtl' : 'ltr'} lang={language}>
              <Parts words={SAMPLES[language === 'ar' ? 'ar' : 'en']} />
            </div>
          </LookProvider>
        ))}
      </div>
    </>
  );
}

function Parts({words}: {words: Samples}) {
  return (
    <>
      <Pressed words={words} />
      <Fields words={words} />
      <Figures words={words} />
      <Lists words={words} />
      <Failure
        error={new ProblemError(409, {title: words.refused, detail: words.why, request_id: 'req-1'})}
        retry={() => undefined}
      />
      <Empty title={words.empty}>
        <Button kind="go">{words.go}</Button>
      </Empty>
      <Skeleton lines={3} />
    </>
  );
}

function Pressed({words}: {words: Samples}) {
  const [open, setOpen] = useState(false);
  const tell = useToast();
  return (
    <Card title={words.buttons}>
      <div className="row">
        <Button kind="go" onClick={() => tell({text: words.done, undo: () => undefined})}>
          {words.go}
        </Button>
        <Button>{words.plain}</Button>
        <Button kind="quiet">{words.quiet}</Button>
        <Button kind="danger" onClick={() => setOpen(true)}>
          {words.danger}
        </Button>
        <Button busy>{words.busy}</Button>
        <Button disabled>{words.plain}</Button>
      </div>
      <Confirm
        open={open}
        danger
        title={words.danger}
        deed={words.danger}
        onClose={() => setOpen(false)}
        onConfirm={() => setOpen(false)}
      >
        <p>{words.why}</p>
      </Confirm>
    </Card>
  );
}

function Fields({words}: {words: Samples}) {
  return (
    <Card title={words.fields}>
      <Search />
      <Field label={words.name} defaultValue={words.person} required />
      <Field label={words.weight} defaultValue="-3" error={words.wrong} hint={words.hint} />
      <Select label={words.place} options={[{value: 'east', label: 'EAST'}]} />
      <Area label={words.note} />
      <Check label={words.active} defaultChecked hint={words.hint} />
    </Card>
  );
}

function Figures({words}: {words: Samples}) {
  const values = [3, 5, 4, 8, 7, 9, 12];
  return (
    <div className="grid">
      <Stat
        label={words.orders}
        value="1,204"
        hint={<When at={ROWS[0].at} />}
        tone="good"
        trend={<Sparkline values={values} about={words.orders} />}
      />
      <Stat label={words.late} value="7" tone="bad" href="/desk/kit" />
    </div>
  );
}

const TONES: readonly Tone[] = ['still', 'moving', 'good', 'wait', 'bad', 'ended'];

function Lists({words}: {words: Samples}) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(['ORD-2']));
  const [tab, setTab] = useState('all');
  const tabs = [
    {key: 'all', label: words.orders, count: 12},
    {key: 'late', label: words.late},
  ];
  return (
    <Card title={words.orders} aside={<Status tone="moving">{words.moving}</Status>}>
      <div className="row">
        {TONES.map((tone) => (
          <Status key={tone} tone={tone}>
            {words[tone]}
          </Status>
        ))}
      </div>
      <Tabs tabs={tabs} value={tab} label={words.orders} onChange={setTab} />
      <Table<Row>
        caption={words.orders}
        rows={ROWS}
        id={({number}) => number}
        href={() => '/desk/kit'}
        picking={{picked, onPick: setPicked}}
        columns={[
          {key: 'number', head: words.orders, cell: ({number}) => number},
          {key: 'tone', head: words.fields, cell: ({tone}) => <Status tone={tone}>{words[tone]}</Status>},
          {key: 'total', head: words.total, cell: ({total}) => <Money of={total} />, end: true},
        ]}
      />
      <Progress label={words.busy} n={3} of={12} />
      <Facts
        facts={[
          [words.total, <Money key="total" of={ROWS[0].total} />],
          [words.name, words.person],
        ]}
      />
      <Timeline
        moments={[
          {key: '1', at: ROWS[0].at, title: words.done, tone: 'good'},
          {key: '2', at: ROWS[0].at, title: words.moving, tone: 'moving', detail: words.why},
          {key: '3', at: ROWS[0].at, title: words.late, tone: 'bad'},
          {key: '4', at: null, title: words.good},
        ]}
      />
    </Card>
  );
}
