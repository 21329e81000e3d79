import {createHash} from 'node:crypto';
import {setImmediate as letOthersBe} from 'node:timers/promises';
import {type Facts, type Judged, judgeLine, keyIn, lineReader, matchColumns} from '../../domain/set-up/judge.ts';
import type {ImportKind} from '../../domain/set-up/kinds.ts';
import {type Author, nameFaults} from '../../domain/set-up/names.ts';
import {importReport, type ImportReport} from '../../domain/set-up/report.ts';
import {type FileFault, readTable} from '../../domain/set-up/table.ts';
import {refusedFile} from '../../domain/set-up/write-file.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {imports} from '../generated/client.ts';
import {newId} from '../ids.ts';
import {logDecision, type DecisionToLog} from '../log-decision.ts';
import {toJson} from '../record-change.ts';
import {readKnown, readNames} from './known.ts';
import {holdForWriting, WRITERS} from './write-lines.ts';

/** The rules of the interface for what a line becomes. */
export type Check = Facts['check'];

export interface ImportFile {
  kind: ImportKind;
  file_name: string;
  text: string;
  by: Author;
  check: Check;
}

type JudgeOf = Pick<ImportFile, 'kind' | 'by' | 'check' | 'text'>;

interface Judgement {
  lines: readonly Judged[];
  report: ImportReport;
  refused: string;
  digest: string;
}

const DAY_MS = 86_400_000;

/**
 * Says what would come of a file; nothing is written but that. Files that were left lying for a day are dropped, and
 * those about people whatever became of them: who imported what is told by the decision, without names.
 */
export async function prepareImport(context: StoreContext, file: ImportFile): Promise<imports | FileFault> {
  const judged = await judgeFile(context.prisma as Tx, file);
  if ('code' in judged) return judged;
  const now = context.now();
  await context.prisma.imports.deleteMany({
    where: {OR: [{state: 'judged'}, {kind: 'people'}], created_at: {lt: new Date(now.getTime() - DAY_MS)}},
  });
  const {report, refused, digest} = judged;
  return context.prisma.imports.create({
    data: {
      ...{id: newId('imp', now), kind: file.kind, file_name: file.file_name, text: file.text, state: 'judged'},
      sha256: createHash('sha256').update(file.text).digest('hex'),
      ...{digest, refused, lines: judged.lines.length, report: JSON.parse(toJson(report))},
      ...{created_by: file.by.actor, created_at: now},
    },
  });
}

/** Lines at a stretch: so long those wait who are answered by the same process. */
const AT_A_STRETCH = 200;

async function inStretches<T, R>(all: readonly T[], work: (one: T) => R): Promise<R[]> {
  const done: R[] = [];
  for (const one of all) {
    done.push(work(one));
    if (done.length % AT_A_STRETCH === 0) await letOthersBe();
  }
  return done;
}

async function judgeFile(tx: Tx, {kind, text, by, check}: JudgeOf): Promise<Judgement | FileFault> {
  const table = readTable(text);
  if ('code' in table) return table;
  const {fault, unread} = matchColumns(kind, table.header);
  if (fault) return fault;
  const read = await inStretches(table.records, lineReader(kind, table.header));
  const keys = read.map(({key}) => key);
  const [known, names] = await Promise.all([readKnown(tx, kind, keys), readNames(tx, kind, keys, by)]);
  const facts: Facts = {
    known,
    check: (body) => {
      const faults = check(body);
      return faults.length > 0 ? faults : [...nameFaults(kind, body, names, known.get(keyIn(kind, body)) ?? null)];
    },
  };
  const lines = await inStretches(read, (line) => judgeLine(kind, line, facts));
  const told = lines.map(({line, verdict, changes}) => [line, verdict, changes]);
  const digest = createHash('sha256').update(JSON.stringify(told)).digest('hex');
  return {lines, report: importReport(lines, unread), refused: refusedFile(table.header, lines), digest};
}

export type Applied =
  | {outcome: 'done'; row: imports}
  | {outcome: 'running' | 'unknown'}
  /** what it is compared with has changed: the import tells now what would come of it */
  | {outcome: 'outdated'}
  | {outcome: 'refused'; lines: number};

export interface Apply {
  id: string;
  /** all: nothing is written unless every line can be */
  mode: 'all' | 'valid';
  by: Author;
  check: (kind: ImportKind) => Check;
}

const LINES_AT_ONCE = 1_000;
const PATIENCE_MS = 300_000;

/** Writes what a file says, all of it or nothing, in one transaction. A repeat finds that it is done. */
export async function applyImport(context: StoreContext, given: Apply): Promise<Applied> {
  const work = (tx: unknown) => applyIn(context, tx as Tx, given);
  const result = await context.prisma.$transaction(work, {timeout: PATIENCE_MS, maxWait: 15_000});
  if (result.outcome !== 'outdated') return result;
  const {report, refused, digest} = result.judged;
  const data = {digest, refused, report: JSON.parse(toJson(report))};
  await context.prisma.imports.update({where: {id: given.id}, data});
  return {outcome: 'outdated'};
}

type AppliedIn = Exclude<Applied, {outcome: 'outdated'}> | {outcome: 'outdated'; judged: Judgement};

async function applyIn(context: StoreContext, tx: Tx, {id, mode, by, check}: Apply): Promise<AppliedIn> {
  const [lock] = await tx.$queryRaw<{mine: boolean}[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`import:${id}`}, 0)) AS mine`;
  if (!lock?.mine) return {outcome: 'running'};
  const row = await tx.imports.findUnique({where: {id}});
  if (!row) return {outcome: 'unknown'};
  if (row.state === 'done' || row.text === null) return {outcome: 'done', row};
  const kind = row.kind as ImportKind;
  const sorted = (lines: readonly Judged[]) => [...lines].sort((a, b) => (a.key < b.key ? -1 : 1));
  const judgeNow = () => judgeFile(tx, {kind, text: row.text ?? '', by, check: check(kind)});
  const first = await judgeNow();
  if ('code' in first) return {outcome: 'unknown'};
  await holdForWriting(tx, kind, bodiesOf(first.lines));
  // judged anew under the locks: nobody changes any of it from here on
  const judged = await judgeNow();
  if ('code' in judged) return {outcome: 'unknown'};
  if (judged.digest !== row.digest) return {outcome: 'outdated', judged};
  const {report, lines} = judged;
  if (mode === 'all' && report.counts.refused > 0) return {outcome: 'refused', lines: report.counts.refused};
  const bodies = bodiesOf(sorted(lines));
  for (let at = 0; at < bodies.length; at += LINES_AT_ONCE) {
    await WRITERS[kind](context, tx, bodies.slice(at, at + LINES_AT_ONCE), by.actor);
    // told from outside of the transaction, so that whoever waits sees how far it has come
    await context.prisma.imports.update({where: {id}, data: {written: Math.min(at + LINES_AT_ONCE, bodies.length)}});
  }
  await logDecision(context, tx, decisionOf(row, mode, by.actor, report));
  const data = {state: 'done', text: null, applied_by: by.actor, applied_at: context.now(), written: bodies.length};
  return {outcome: 'done', row: await tx.imports.update({where: {id}, data})};
}

const bodiesOf = (lines: readonly Judged[]) =>
  lines.flatMap(({verdict, body}) => (body && verdict !== 'same' ? [body] : []));

/** Who imported what; the file itself is known by its hash. */
const decisionOf = (row: imports, mode: string, by: string, {counts}: ImportReport): DecisionToLog => ({
  kind: 'import',
  inputs: {import_id: row.id, what: row.kind, sha256: row.sha256, mode, by},
  output: counts,
});
