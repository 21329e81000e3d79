import {useState} from 'react';
import {FILE_KINDS, type ImportKind} from '../../../domain/set-up/kinds.ts';
import {templateFile} from '../../../domain/set-up/write-file.ts';
import {Button, ButtonLink} from '../../ui/button.tsx';
import {Card} from '../../ui/card.tsx';
import {useRead, useWrite} from '../../ui/data.ts';
import {useWords} from '../../ui/look.tsx';
import {Progress} from '../../ui/progress.tsx';
import {useQueryValue} from '../../ui/router.tsx';
import {Failure, Shown} from '../../ui/states.tsx';
import {importWords} from '../../words/set-up/import/index.ts';
import {setUpWords} from '../../words/set-up/index.ts';
import {DropFile} from './drop-file.tsx';
import {ImportDone, ImportPreview} from './import-preview.tsx';
import {type Import, MOST_BYTES, readText} from './import-file.ts';
import type {SetUpPage} from './page.ts';

interface Props {
  kind: ImportKind;
  page: SetUpPage;
}

/** A file on its way in: chosen, looked at, written. Its address shows the same import again. */
export function ImportPage({kind, page}: Props) {
  const say = useWords(importWords);
  const name = useWords(setUpWords)(page.word);
  const [id, show] = useQueryValue('import');
  return (
    <>
      <div className="row apart">
        <div>
          <h1>{say('title', {name})}</h1>
          <p className="soft">{say('about')}</p>
        </div>
        <ButtonLink href={`/desk/setup/${page.path}`}>{say('back')}</ButtonLink>
      </div>
      {id === '' ? (
        <Choose kind={kind} onMade={show} />
      ) : (
        <Made key={id} id={id} page={page} onAgain={() => show('')} />
      )}
    </>
  );
}

function Choose({kind, onMade}: {kind: ImportKind; onMade: (id: string) => void}) {
  const say = useWords(importWords);
  const [tooLarge, setTooLarge] = useState(false);
  const send = useWrite<Import>({onDone: ({import_id}) => onMade(import_id)});
  const take = async (file: File) => {
    setTooLarge(file.size > MOST_BYTES);
    if (file.size > MOST_BYTES || send.isPending) return;
    const body = {kind, file_name: file.name.slice(0, 200), text: await readText(file)};
    send.mutate({path: '/v1/imports', body, patience: 120_000});
  };
  const fault = send.error?.errors[0];
  return (
    <>
      {send.isPending ? (
        <Card>
          <Progress label={say('looking')} n={0} />
        </Card>
      ) : (
        <DropFile onFile={(file) => void take(file)} />
      )}
      {tooLarge && <p className="setup-wrong">{say('too_large')}</p>}
      {fault && <p className="setup-wrong">{say.maybe(`file_${fault.code}`) ?? fault.detail}</p>}
      {send.error && !fault && <Failure error={send.error} />}
      <Card title={say('columns')} aside={<Template kind={kind} />}>
        <p className="soft">{say('how')}</p>
        <Columns kind={kind} />
      </Card>
    </>
  );
}

/** The file to begin with is made here: it is the same for everybody. */
function Template({kind}: {kind: ImportKind}) {
  const say = useWords(importWords);
  const save = () => {
    const url = URL.createObjectURL(new Blob([templateFile(kind)], {type: 'text/csv'}));
    const link = Object.assign(document.createElement('a'), {href: url, download: `${kind}.csv`});
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1_000);
  };
  return <Button onClick={save}>{say('template')}</Button>;
}

function Columns({kind}: {kind: ImportKind}) {
  const say = useWords(importWords);
  const {columns, key} = FILE_KINDS[kind];
  return (
    <ul className="setup-columns">
      {columns.map(({name, needed, example}) => (
        <li key={name}>
          <code>{name}</code>
          <span className="soft">
            {say(key.includes(name) ? 'names_line' : needed ? 'needed' : 'optional')}
            {example && (
              <>
                {' · '}
                <bdi dir="ltr">{example}</bdi>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

const SOON_MS = 250;

function Made({id, page, onAgain}: {id: string; page: SetUpPage; onAgain: () => void}) {
  const say = useWords(importWords);
  const apply = useWrite<Import>();
  const made = useRead<Import>(`/v1/imports/${id}`, apply.isPending ? {every: SOON_MS} : {});
  const write = (mode: 'all' | 'valid') =>
    apply.mutate({path: `/v1/imports/${id}/apply`, body: {mode}, patience: 300_000});
  return (
    <Shown query={made}>
      {(one) => {
        if (one.state === 'done') return <ImportDone one={one} page={page} onAgain={onAgain} />;
        const lines = one.counts.new + one.counts.changed;
        if (apply.isPending)
          return (
            <Card>
              <Progress label={say('writing')} n={one.written} of={lines} />
            </Card>
          );
        return (
          <>
            {apply.error?.code === 'import_outdated' && <p className="setup-wrong">{say('outdated')}</p>}
            {apply.error && apply.error.code !== 'import_outdated' && <Failure error={apply.error} />}
            <ImportPreview one={one} onWrite={write} onAgain={onAgain} />
          </>
        );
      }}
    </Shown>
  );
}
