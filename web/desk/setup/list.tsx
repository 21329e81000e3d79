import {useEffect, useState} from 'react';
import {Button, ButtonLink} from '../../ui/button.tsx';
import {Card} from '../../ui/card.tsx';
import {usePages, useRead} from '../../ui/data.ts';
import {Search, Select} from '../../ui/field.tsx';
import {useKeys} from '../../ui/keys.tsx';
import {useUiWords, useWords} from '../../ui/look.tsx';
import {goTo, usePlace, useQueryValue} from '../../ui/router.tsx';
import {Empty, Failure, Skeleton} from '../../ui/states.tsx';
import {Table} from '../../ui/table.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMay, useMe} from '../me.ts';
import type {FormSpec, Row, SetUpPage} from './page.ts';
import {Sheet} from './sheet.tsx';

const TYPING_MS = 200;

/** What there is of one kind: looked through, page by page, with the form of one beside it. */
export function SetUpList({page}: {page: SetUpPage}) {
  const me = useMe();
  const [scope, options] = useScope(page);
  const [q] = useQueryValue('q');
  const path = scope === null ? null : addressOf(page.address(scope, me), page.whole ? '' : q);
  const pages = usePages<Row>(path);
  const found = pages.data?.pages.flatMap(({rows}) => rowsIn(page, rows));
  const rows = page.whole ? found?.filter((row) => holds(row, q)) : found;
  const adding = useMay()(page.form?.call ?? '');
  return (
    <>
      <Head page={page} adding={adding && scope !== null} />
      <div className="setup-tools">
        {page.scope && <ScopeSelect page={page} value={scope ?? ''} options={options ?? []} />}
        <Finder key={page.path} />
      </div>
      {pages.error && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {rows === undefined && !pages.error && scope !== null && <Skeleton lines={8} />}
      {(rows?.length === 0 || (scope === null && options?.length === 0)) && <Nothing page={page} q={q} />}
      {rows !== undefined && rows.length > 0 && (
        <Card>
          <Rows page={page} rows={rows} />
          {pages.hasNextPage && (
            <div className="setup-more">
              <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                <MoreWord />
              </Button>
            </div>
          )}
        </Card>
      )}
      {scope !== null && page.form && <Open page={{...page, form: page.form}} rows={found ?? []} scope={scope} />}
    </>
  );
}

const MoreWord = () => useUiWords()('more');

function addressOf(path: string, q: string): string {
  const query = new URLSearchParams({...(q ? {q} : {})});
  return query.size === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

const rowsIn = ({within}: SetUpPage, rows: unknown): readonly Row[] =>
  within ? ((rows as Record<string, Row[]>)[within] ?? []) : (rows as Row[]);

const holds = (row: Row, q: string) => JSON.stringify(Object.values(row)).toLowerCase().includes(q.toLowerCase());

function Head({page, adding}: {page: SetUpPage; adding: boolean}) {
  const say = useWords(setUpWords);
  const may = useMay();
  const imports = page.csv !== undefined && adding && may('createImport');
  const add = () => adding && goTo(withQuery({new: '1'}));
  useKeys([{key: 'n', about: say('key_new'), run: add}]);
  return (
    <div className="row apart">
      <div>
        <h1>{say(page.word)}</h1>
        <p className="soft">{say(page.about)}</p>
      </div>
      <div className="row">
        {page.csv && may('exportList') && (
          <a className="ui-button quiet" href={`/v1/exports/${page.csv}`} download>
            {say('export')}
          </a>
        )}
        {imports && <ButtonLink href={`/desk/setup/import/${page.csv}`}>{say('import')}</ButtonLink>}
        {adding && (
          <Button kind="go" onClick={add}>
            {say(`new_${page.word.slice(5)}` as 'new_products')}{' '}
            <span className="keycap" aria-hidden="true">
              n
            </span>
          </Button>
        )}
      </div>
    </div>
  );
}

/** The address with other values of its query. */
function withQuery(values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) query.set(name, value);
  return `${location.pathname}?${query}`;
}

function Finder() {
  const say = useWords(setUpWords);
  const [kept, keep] = useQueryValue('q');
  const [typed, type] = useState(kept);
  useEffect(() => {
    if (typed.trim() === kept) return undefined;
    const timer = setTimeout(() => keep(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return <Search label={say('find')} value={typed} onChange={(event) => type(event.target.value)} />;
}

function Rows({page, rows}: {page: SetUpPage; rows: readonly Row[]}) {
  const say = useWords(setUpWords);
  usePlace();
  const columns = page.columns.map(({word, show, end}) => ({
    key: word,
    head: say(word),
    cell: show,
    ...(end ? {end} : {}),
  }));
  return (
    <Table
      caption={say(page.word)}
      columns={columns}
      rows={rows}
      id={page.id}
      {...(page.form && !page.form.onlyNew ? {href: (row: Row) => withQuery({edit: page.id(row)})} : {})}
    />
  );
}

function Nothing({page, q}: {page: SetUpPage; q: string}) {
  const say = useWords(setUpWords);
  return (
    <Empty title={q ? say('none_found', {q}) : say('none_yet')}>
      <p>{say(q ? 'none_found_how' : page.csv ? 'none_yet_import' : 'none_yet_how')}</p>
    </Empty>
  );
}

/** Which warehouse, or whose: as the address says, else the first there is. null: not known yet. */
function useScope({scope}: SetUpPage): [string | null, readonly Row[] | undefined] {
  const [chosen] = useQueryValue(scope?.name ?? 'scope');
  const all = useRead<Row[]>(scope?.path ?? null);
  if (!scope) return ['', []];
  return [chosen || ((all.data?.[0]?.['id'] as string | undefined) ?? null), all.data];
}

function ScopeSelect({page, value, options}: {page: SetUpPage; value: string; options: readonly Row[]}) {
  const say = useWords(setUpWords);
  const [, choose] = useQueryValue(page.scope?.name ?? 'scope');
  return (
    <Select
      label={say(page.scope?.word ?? 'f_warehouse')}
      value={value}
      options={options.map((row) => ({value: String(row['id']), label: `${row['id']} · ${row['name']}`}))}
      onChange={(event) => choose(event.target.value)}
    />
  );
}

/** The form of the one that the address names, also when it is on no page that was loaded. */
function Open({page, rows, scope}: {page: SetUpPage & {form: FormSpec}; rows: readonly Row[]; scope: string}) {
  const me = useMe();
  const [edit, setEdit] = useQueryValue('edit');
  const [adding, setAdding] = useQueryValue('new');
  const loaded = rows.find((row) => page.id(row) === edit);
  const looked = usePages<Row>(edit && !loaded ? addressOf(page.address(scope, me), page.whole ? '' : edit) : null);
  const row = loaded ?? looked.data?.pages.flatMap((one) => one.rows).find((one) => page.id(one) === edit);
  if (edit && row) return <Sheet key={edit} {...{page, row, scope}} onClose={() => setEdit('')} />;
  return adding ? <Sheet key="new" {...{page, row: null, scope}} onClose={() => setAdding('')} /> : null;
}
