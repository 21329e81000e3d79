import fc from 'fast-check';
import {csvLine, csvRecords} from '../text/csv.ts';
import {guarded, readCell, writeCell} from './cells.ts';
import {type Body, type Facts, judge, keyOf, matchColumns, readLines} from './judge.ts';
import {IMPORT_KINDS, type ImportKind} from './kinds.ts';
import {nameFaults} from './names.ts';
import {importReport} from './report.ts';
import {MOST_LINES, readTable, type Table} from './table.ts';
import {bodyLine, headerLine, refusedFile, templateFile} from './write-file.ts';

const tableOf = (text: string): Table => {
  const table = readTable(text);
  if ('code' in table) throw new Error(table.code);
  return table;
};
const nothingKnown: Facts = {known: new Map(), check: () => []};
const judged = (text: string, facts = nothingKnown) => judge('products', readLines('products', tableOf(text)), facts);

const HEADER = 'sku,name,price,currency,weight_g,length_mm,width_mm,height_mm,barcode\n';
const TEA = {
  ...{sku: 'TEA', name: 'Tea', price: {amount: 500, currency: 'USD'}, weight_g: 1, length_mm: 2, width_mm: 3},
  ...{height_mm: 4, capacity_units: 1, barcode: '1', category: null, hs_code: null, origin_country: null},
  ...{hazmat: null, backorderable: false, fragile: true, upright: false},
};

describe('a file', () => {
  it('may come from any spreadsheet: marks, separators, ends of lines, names of columns', () => {
    for (const separator of [',', ';', '\t']) {
      const text = `\ufeffSKU${separator}Weight g${separator}"Name"\r\nTEA${separator}5${separator}"a${separator}b"\r\n\r\n`;
      const {header, records} = tableOf(text);
      expect([header, records.map(({cells}) => cells)]).toEqual([
        ['sku', 'weight_g', 'name'],
        [['TEA', '5', `a${separator}b`]],
      ]);
    }
    expect(tableOf('sku\rA\rB').records.map(({line, cells}) => [line, ...cells])).toEqual([
      [2, 'A'],
      [3, 'B'],
    ]);
  });

  it('is refused as a whole where it cannot be meant', () => {
    const codeOf = (text: string) => (readTable(text) as {code?: string}).code;
    expect(codeOf('')).toBe('no_header');
    expect(codeOf('sku,SKU\nA,B')).toBe('double_column');
    expect(codeOf('sku\n\u0000')).toBe('control_character');
    expect(codeOf('sku\nCaf\ufffd')).toBe('control_character');
    expect(codeOf(`sku\n${'A\n'.repeat(MOST_LINES + 1)}`)).toBe('too_many_lines');
    expect(matchColumns('products', ['name', 'colour'])).toMatchObject({
      fault: {code: 'missing_column'},
      unread: ['colour'],
    });
  });

  it('counts lines as an editor does, also behind a cell of several', () => {
    const records = [...csvRecords('a,b\n"1\n2\r\n3",x\ny,"z')];
    expect(records.map(({line, fault}) => [line, fault])).toEqual([
      [1, null],
      [2, null],
      [5, 'open_quote'],
    ]);
  });

  it('comes back from what is written, whatever stands in its cells', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({unit: 'binary'}),
      fc.constantFrom('"', ',', '\r\n', ' ', '\ufeffx', ';'),
    );
    const rows = fc.array(fc.array(cell, {minLength: 2, maxLength: 4}), {minLength: 1});
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t'), (given, separator) => {
        const text = given.map((row) => csvLine(row, separator)).join('');
        const read = [...csvRecords(text, separator)];
        expect(read.map(({cells, fault}) => [cells, fault])).toEqual(given.map((row) => [row, null]));
      }),
    );
  });

  it('of any signs at all is read without falling over', () => {
    const sign = fc.constantFrom('"', ',', ';', '\n', '\r', '\t', 'a', '=', ' ', '\ufeff', '💥');
    fc.assert(
      fc.property(fc.array(sign, {maxLength: 60}), (signs) => {
        const table = readTable(`sku\n${signs.join('')}`);
        if (!('code' in table)) judge('products', readLines('products', table), nothingKnown);
      }),
      {numRuns: 500},
    );
  });
});

describe('a cell', () => {
  it.each([
    ['amount', '12.50', 'USD', 1_250],
    ['amount', '12,5', 'EUR', 1_250],
    ['amount', '500', 'JPY', 500],
    ['amount', '1.234', 'KWD', 1_234],
    ['decimal', '2,5', '', 2.5],
    ['int', ' -40 ', '', -40],
    ['flag', 'Yes', '', true],
    ['flag', '0', '', false],
    ['codes', ' Packer, picker ', '', ['packer', 'picker']],
    ['text', '  ', '', null],
    ['text', "'=1+1", '', '=1+1'],
    ['text', "'tis", '', "'tis"],
  ] as const)('%s %j %s is read as %j', (kind, text, currency, value) => {
    expect(readCell(kind, text, currency)).toEqual(value);
  });

  it.each([
    ['amount', '1.234', 'USD'],
    ['amount', '1.000', 'USD'],
    ['amount', '1,234.50', 'USD'],
    ['amount', '-5', 'USD'],
    ['amount', '1e3', 'USD'],
    ['amount', '12.5', 'JPY'],
    ['amount', '99999999999999999999', 'USD'],
    ['int', '1,000', ''],
    ['int', '0x10', ''],
    ['int', '1e9', ''],
    ['decimal', '1.2.3', ''],
    ['flag', 'maybe', ''],
  ] as const)('%s %j %s is not guessed at', (kind, text, currency) => {
    expect(readCell(kind, text, currency)).toMatchObject({code: expect.any(String), detail: expect.any(String)});
  });

  it('is no formula for a spreadsheet, and the same text when it comes back', () => {
    const text = fc.tuple(fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', "'", "'=", "''@"), fc.string());
    fc.assert(
      fc.property(text, ([first, rest]) => {
        const value = (first + rest).trim();
        expect(guarded(value)).not.toMatch(/^[=+\-@\t\r]/);
        expect(readCell('text', writeCell('text', value))).toBe(value === '' ? null : value);
      }),
    );
  });
});

describe('the lines of a file', () => {
  it('are new, changed or the same; columns that are not there stay as they are', () => {
    const known = new Map<string, Body>([['TEA', TEA]]);
    const facts = {known, check: () => []};
    const [same] = judged('sku,price,currency\nTEA,5.00,USD\n', facts);
    expect(same).toMatchObject({verdict: 'same', changes: []});
    const [changed] = judged('sku,price,currency,hs_code\nTEA,"6,00",USD,0902\n', facts);
    expect(changed).toMatchObject({
      verdict: 'changed',
      body: {...TEA, price: {amount: 600, currency: 'USD'}, hs_code: '0902'},
      changes: [
        {column: 'price', before: '5.00', after: '6.00'},
        {column: 'hs_code', before: '', after: '0902'},
      ],
    });
    const [fresh] = judged(`${HEADER}POT,Pot,1,USD,1,1,1,1,9\n`, facts);
    expect(fresh).toMatchObject({verdict: 'new', body: {sku: 'POT', capacity_units: 1, fragile: false}});
  });

  it('are refused with line, column, value and why', () => {
    const lines = judged(
      `${HEADER}A,a,12.345,USD,x,1,1,1,9\nB,b,1,USD,1,1,1,1,9\nB,b,1,USD,1,1,1,1,9\nC,"c"d,1,USD,1,1,1,1,9,10\n`,
    );
    expect(lines.map(({verdict}) => verdict)).toEqual(['refused', 'new', 'refused', 'refused']);
    expect(
      lines.flatMap(({faults}) => faults).map(({line, column, value, code}) => [line, column, value, code]),
    ).toEqual([
      [2, 'price', '12.345', 'not_an_amount'],
      [2, 'weight_g', 'x', 'not_an_integer'],
      [4, '', '', 'double_line'],
      [5, '', '', 'after_quote'],
      [5, '', '', 'too_many_cells'],
    ]);
  });

  it('take their faults from the rules that hold for one, at the column that is meant', () => {
    const check = () => [
      {pointer: '/price', code: 'missing', detail: 'is missing'},
      {pointer: '/barcode', code: 'too_long', detail: 'is too long'},
    ];
    const [line] = judged(`${HEADER}A,a,1,USD,1,1,1,1,9\n`, {known: new Map(), check});
    expect(line?.faults).toMatchObject([
      {column: 'price', value: '1'},
      {column: 'barcode', value: '9'},
    ]);
  });

  it('of what is booked once say so instead of booking it again', () => {
    const text = 'warehouse,sku,qty,bin,reference\nW,TEA,40,A,R\nW,POT,41,A,R\n';
    const body = (sku: string, qty: number): Body => ({warehouse: 'W', sku, qty, bin: 'A', reference: 'R'});
    const known = new Map([body('TEA', 40), body('POT', 40)].map((one) => [keyOf(['W', one['sku'], 'R']), one]));
    const [same, other] = judge('stock', readLines('stock', tableOf(text)), {known, check: () => []});
    expect(same?.verdict).toBe('same');
    expect(other).toMatchObject({verdict: 'refused', faults: [{column: 'qty', code: 'booked'}]});
  });

  it('come back from an export as the same, kind by kind', () => {
    for (const kind of IMPORT_KINDS) {
      const lines = judge(kind, readLines(kind, tableOf(templateFile(kind))), nothingKnown);
      const bodies = lines.map(({body}) => body as Body);
      const text = headerLine(kind) + bodies.map((body) => bodyLine(kind, body)).join('');
      const known = new Map(lines.map(({key, body}) => [key, body as Body]));
      expect(judge(kind, readLines(kind, tableOf(text)), {known, check: () => []})).toMatchObject([{verdict: 'same'}]);
    }
  });

  it('that were refused are a file again when they are corrected', () => {
    const table = tableOf('sku,name,weight_g\nA,=x,heavy\nB,b,1\n');
    const text = refusedFile(table.header, judge('products', readLines('products', table), nothingKnown));
    expect([...csvRecords(text)].map(({cells}) => cells)).toEqual([
      ['sku', 'name', 'weight_g', 'line', 'why'],
      ['A', "'=x", 'heavy', '2', 'weight_g: must be a whole number'],
    ]);
    expect(readTable(text)).toMatchObject({header: ['sku', 'name', 'weight_g', 'line', 'why']});
  });

  it('are told in short, changes before what is new', () => {
    const text = `sku,name\n${Array.from({length: 300}, (_, i) => `N-${i},n`).join('\n')}\nTEA,Green tea\n`;
    const report = importReport(judged(text, {known: new Map([['TEA', TEA]]), check: () => []}), ['colour']);
    expect(report.counts).toEqual({new: 300, changed: 1, same: 0, refused: 0});
    expect(report.changes).toHaveLength(200);
    expect(report.changes[0]).toMatchObject({name: 'TEA', verdict: 'changed'});
  });
});

describe('what a line names', () => {
  const names = {
    ...{warehouses: new Set(['W', 'V']), skus: new Set(['TEA']), suppliers: new Map([['mill', 'EUR']])},
    by: {actor: 'staff:lea', roles: ['warehouse_lead'], own: 'W'},
    isBin: (_: string, bin: string) => bin === 'A',
  };
  const codes = (kind: ImportKind, body: Body, before: Body | null = null) =>
    [...nameFaults(kind, body, names, before)].map(({code}) => code);

  it('must be there, and be the caller’s', () => {
    expect(codes('stock', {warehouse: 'W', sku: 'TEA', bin: 'A'})).toEqual([]);
    expect(codes('stock', {warehouse: 'W', sku: 'POT', bin: 'B'})).toEqual(['unknown_bin', 'unknown_sku']);
    expect(codes('bins', {warehouse: 'V', bin: 'A'})).toEqual(['other_warehouse']);
    expect(codes('bins', {warehouse: 'X', bin: 'A'})).toEqual(['unknown_warehouse']);
    expect(codes('offers', {supplier: 'mill', sku: 'TEA', cost: {amount: 1, currency: 'USD'}})).toEqual([
      'mixed_currency',
    ]);
    expect(codes('offers', {supplier: 'none', sku: 'TEA'})).toEqual(['unknown_supplier']);
  });

  it('is nobody whom the caller could not name one by one', () => {
    const ann = (roles: string[], warehouse: string | null = 'W') => ({login: 'ann', name: 'Ann', roles, warehouse});
    expect(codes('people', ann(['picker', 'packer']))).toEqual([]);
    expect(codes('people', ann(['picker', 'ops']))).toEqual(['not_yours']);
    expect(codes('people', ann(['picker']), ann(['admin']))).toEqual(['not_yours']);
    expect(codes('people', ann(['picker'], 'X'))).toEqual(['unknown_warehouse', 'other_warehouse']);
    expect(codes('people', ann(['picker']), ann(['picker'], 'V'))).toEqual(['other_warehouse']);
    expect(codes('people', ann(['picker'], null))).toEqual(['other_warehouse']);
    // oneself one may rename, and stays what one is
    const lea = {...ann(['warehouse_lead']), login: 'lea'};
    expect(codes('people', {...lea, name: 'Lea'}, lea)).toEqual([]);
    expect(codes('people', {...lea, roles: ['warehouse_lead', 'ops']}, lea)).toEqual(['not_yours']);
  });
});
