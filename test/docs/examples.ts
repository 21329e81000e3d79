import {readFileSync} from 'node:fs';
import {OPERATIONS} from '../../api/contract/index.ts';
import type {Operation} from '../../api/contract/operation.ts';
import {ShellReader} from './shell.ts';

/** In the order in which they are read and run. */
export const PAGES = [
  'docs/api.md',
  'docs/api/stock.md',
  'docs/api/shop.md',
  'docs/api/floor.md',
  'docs/api/suppliers.md',
  'docs/api/support.md',
  'docs/api/ops.md',
];

export interface ExampleCall {
  /** null: without a key */
  role: string | null;
  method: string;
  /** without the query */
  path: string;
  query: Record<string, string>;
  /** the text behind -d */
  body: string | null;
  operation: Operation | null;
}

export interface Example {
  /** page and line, for messages */
  where: string;
  page: string;
  script: string;
  calls: ExampleCall[];
  /** what the last call is printed to answer; the text of the block is at [from, to) of the page */
  answer: {status: number; body: unknown; from: number; to: number} | null;
}

/** For what only a run knows, where a word would be no valid value. */
const SAMPLES = {API: '', INTENT: 'pi_sample', WEIGHT: '1000', '2': 'pick'};

/** Every block of shell in the documentation of the interface, with the answer that is printed below it. */
export function readExamples(pages: readonly string[] = PAGES): Example[] {
  const shell = new ShellReader(SAMPLES);
  return pages.flatMap((page) => examplesOf(page, readFileSync(page, 'utf8'), shell));
}

const BLOCK = /^```(\w+)\n([\s\S]*?)^```$/gm;

export function examplesOf(page: string, text: string, shell: ShellReader): Example[] {
  const examples: Example[] = [];
  for (const found of text.matchAll(BLOCK)) {
    const [, language = '', content = ''] = found;
    const where = `${page}:${text.slice(0, found.index).split('\n').length}`;
    if (language === 'sh') {
      const calls = shell.read(content).flatMap((words) => callOf(words) ?? []);
      examples.push({where, page, script: content, calls, answer: null});
      continue;
    }
    if (language !== 'http') throw new Error(`${where} is neither sh nor http`);
    const example = examples.at(-1);
    if (!example || example.answer) throw new Error(`${where} answers nothing`);
    const from = found.index + '```http\n'.length;
    example.answer = {...readAnswer(content, where), from, to: from + content.length};
  }
  return examples;
}

function readAnswer(content: string, where: string): {status: number; body: unknown} {
  const [, status, body] = /^HTTP\/1\.1 (\d{3})\n\n([\s\S]*)$/.exec(content) ?? [];
  try {
    return {status: Number(status), body: JSON.parse(body ?? 'null')};
  } catch (error) {
    throw new Error(`the answer at ${where} is no JSON`, {cause: error});
  }
}

/** The call a command makes; null for other commands. */
function callOf(command: readonly string[]): ExampleCall | null {
  const start = command.findIndex((word) => word === 'call' || word === 'ask');
  if (start < 0) return null;
  const words = command.slice(start + 1);
  const role = command[start] === 'call' ? (words.shift() ?? '') : null;
  let [url, method, body]: [string | null, string | null, string | null] = [null, null, null];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '-X') method = words.shift() ?? '';
    else if (word === '-d') body = words.shift() ?? '';
    else if (word === '-H') words.shift();
    else if (word.startsWith('/') && url === null) url = word;
  }
  if (url === null) return null;
  const {pathname, searchParams} = new URL(url, 'http://api');
  const verb = (method ?? (body === null ? 'GET' : 'POST')).toLowerCase();
  const path = decodeURIComponent(pathname);
  return {role, method: verb, path, query: Object.fromEntries(searchParams), body, operation: operationAt(verb, path)};
}

/** The most literal of those whose path it may be. */
function operationAt(method: string, path: string): Operation | null {
  const fits = OPERATIONS.filter((operation) => operation.method === method && patternOf(operation).test(path));
  const blanks = ({path: template}: Operation) => template.split('{').length;
  return fits.sort((a, b) => blanks(a) - blanks(b))[0] ?? null;
}

export const patternOf = ({path}: Operation) =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

export const nameOf = ({method, path}: Operation) => `${method.toUpperCase()} ${path}`;

/** The table at the end of the first page: row -> calls. */
export function rowsOf(text: string): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  for (const [, row = '', calls = ''] of text.matchAll(/^\| ([A-Z]\d+) \|[^|]*\|(.*)\|$/gm)) {
    rows.set(
      row,
      [...calls.matchAll(/`([^`]+)`/g)].map(([, call = '']) => call),
    );
  }
  return rows;
}
