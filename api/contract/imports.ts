import {IMPORT_KINDS} from '../../domain/set-up/kinds.ts';
import {binBody, productBody} from './catalogue.ts';
import {code, idParam, sku, text, time} from './common.ts';
import {receiptBody} from './inventory.ts';
import {operation} from './operation.ts';
import {personLine} from './staff.ts';
import {offerBody} from './suppliers.ts';
import {z} from './z.ts';

const tag = 'Catalogue';
const kind = z.enum(IMPORT_KINDS);

/** What a line of each kind of file becomes: the same rules as for one by one. */
export const LINE_BODIES = {
  products: productBody.extend({sku}),
  bins: binBody.extend({warehouse: code, bin: code}),
  stock: receiptBody,
  offers: offerBody.extend({supplier: code, sku}),
  people: personLine,
} as const;

/** Bytes: 50,000 long lines, as JSON. */
const MOST = 16 * 1024 * 1024;

const change = z.object({column: z.string(), before: z.string(), after: z.string()});
const count = z.int();

export const importAnswer = z
  .object({
    import_id: code,
    kind,
    file_name: z.string(),
    state: z.enum(['judged', 'done']),
    lines: count,
    written: count.openapi({description: 'so far, while it is being applied'}),
    counts: z.object({new: count, changed: count, same: count, refused: count}),
    unread: z.array(z.string()).openapi({description: 'columns that nobody knows'}),
    faults: z
      .array(z.object({line: count, column: z.string(), value: z.string(), code: z.string(), detail: z.string()}))
      .openapi({description: 'the first 200; all are in the file of refused lines'}),
    changes: z
      .array(z.object({line: count, name: z.string(), verdict: z.enum(['new', 'changed']), changes: z.array(change)}))
      .openapi({description: 'the first 200 lines that would change something'}),
    created_by: z.string(),
    created_at: time,
    applied_by: z.string().nullable(),
    applied_at: time.nullable(),
  })
  .openapi('Import');

export const createImport = operation({
  id: 'createImport',
  method: 'post',
  path: '/v1/imports',
  tag,
  summary: 'Says what would come of a CSV file, line by line; nothing is written until it is applied',
  body: z
    .strictObject({
      kind,
      file_name: text(200, {code: true}),
      text: z.string().openapi({description: 'the file: commas, semicolons or tabs, columns by name'}),
    })
    .openapi('ImportInput'),
  repeats: 'none',
  maxBody: MOST,
  answers: {200: importAnswer},
  problems: ['forbidden', 'body_too_large'],
});

export const getImport = operation({
  id: 'getImport',
  method: 'get',
  path: '/v1/imports/{id}',
  tag,
  summary: 'What would come of a file, or what came of it, and how far it has come',
  params: idParam,
  answers: {200: importAnswer},
  problems: ['not_found', 'forbidden'],
});

export const applyImport = operation({
  id: 'applyImport',
  method: 'post',
  path: '/v1/imports/{id}/apply',
  tag,
  summary: 'Writes what the file says, in one piece; once, however often it is asked',
  params: idParam,
  body: z
    .strictObject({
      mode: z.enum(['all', 'valid']).default('all').openapi({
        description: 'all: nothing is written unless every line can be; valid: lines that are refused are left out',
      }),
    })
    .openapi('ApplyImportInput'),
  repeats: 'none',
  answers: {200: importAnswer},
  problems: ['not_found', 'forbidden', 'import_refused', 'import_outdated', 'request_in_progress'],
});

export const getRefusedLines = operation({
  id: 'getRefusedLines',
  method: 'get',
  path: '/v1/imports/{id}/refused',
  tag,
  summary: 'The lines of a file that were refused, as CSV, with where and why',
  params: idParam,
  answers: {200: 'text/csv'},
  problems: ['not_found', 'forbidden'],
});

export const exportList = operation({
  id: 'exportList',
  method: 'get',
  path: '/v1/exports/{kind}',
  tag,
  summary: 'Everything of one kind as CSV; imported again it changes nothing. No cell is a formula',
  params: z.object({kind}),
  answers: {200: 'text/csv'},
  problems: ['forbidden'],
});

export const IMPORTS = [createImport, getImport, applyImport, getRefusedLines, exportList];
