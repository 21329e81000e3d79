import type {CellKind} from './cells.ts';

export interface Column {
  /** in the header; units are part of it */
  name: string;
  /** JSON pointer into what is written */
  at: string;
  cell: CellKind;
  /** of an amount: pointer to its currency */
  currency?: string;
  /** something new cannot do without it */
  needed?: boolean;
  /** what is written of something new where the file does not say */
  fallback?: unknown;
  example: string;
}

export const IMPORT_KINDS = ['products', 'bins', 'stock', 'offers', 'people'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export interface FileKind {
  /** the columns that name one: each line has another */
  key: readonly string[];
  columns: readonly Column[];
  /** what is written stays: a line that says otherwise is wrong, not a change */
  once?: true;
}

const text = (name: string, example: string, at = `/${name}`): Column => ({name, at, cell: 'text', example});
const int = (name: string, example: string): Column => ({name, at: `/${name}`, cell: 'int', needed: true, example});
const flag = (name: string): Column => ({name, at: `/${name}`, cell: 'flag', fallback: false, example: 'no'});
const needed = (column: Column): Column => ({...column, needed: true});
const currency = (of: string) => needed(text('currency', 'USD', `/${of}/currency`));
const amount = (name: string, example: string): Column => ({
  ...{name, at: `/${name}/amount`, cell: 'amount', currency: `/${name}/currency`, needed: true, example},
});

/** Files that are read and written, column by column. */
export const FILE_KINDS: Readonly<Record<ImportKind, FileKind>> = {
  products: {
    key: ['sku'],
    columns: [
      needed(text('sku', 'TEA-SET')),
      needed(text('name', 'Tea set')),
      amount('price', '24.90'),
      currency('price'),
      int('weight_g', '900'),
      int('length_mm', '240'),
      int('width_mm', '180'),
      int('height_mm', '120'),
      {...int('capacity_units', '1'), needed: false, fallback: 1},
      needed(text('barcode', '4006381333931')),
      text('category', 'kitchen'),
      text('hs_code', '6911.10'),
      text('origin_country', 'JP'),
      text('hazmat', ''),
      flag('backorderable'),
      flag('fragile'),
      flag('upright'),
    ],
  },
  bins: {
    key: ['warehouse', 'bin'],
    columns: [
      needed(text('warehouse', 'WH-BOS-1')),
      needed(text('bin', '01-A-1')),
      needed(text('aisle', '01')),
      needed(text('rack', 'A')),
      needed(text('shelf', '1')),
      int('x_mm', '3000'),
      int('y_mm', '1200'),
    ],
  },
  stock: {
    key: ['warehouse', 'sku', 'reference'],
    once: true,
    columns: [
      needed(text('warehouse', 'WH-BOS-1')),
      needed(text('sku', 'TEA-SET')),
      int('qty', '40'),
      {...text('bin', '01-A-1'), fallback: 'RECV'},
      needed(text('reference', 'OPENING-2026')),
    ],
  },
  offers: {
    key: ['supplier', 'sku'],
    columns: [
      needed(text('supplier', 'tea-mill')),
      needed(text('sku', 'TEA-SET')),
      amount('cost', '11.20'),
      currency('cost'),
      {name: 'lead_time_days', at: '/lead_time_days', cell: 'decimal', needed: true, example: '5'},
      {...int('available', '200'), needed: false, fallback: null},
      {...int('min_qty', '1'), needed: false, fallback: 1},
      text('valid_until', ''),
    ],
  },
  // without badges, PINs and passwords: those are made one by one, and told once
  people: {
    key: ['login'],
    columns: [
      needed(text('login', 'nora')),
      needed(text('name', 'Nora Newman')),
      {name: 'roles', at: '/roles', cell: 'codes', needed: true, example: 'picker packer'},
      {...text('warehouse', 'WH-BOS-1'), fallback: null},
      {...flag('active'), fallback: true, example: 'yes'},
    ],
  },
};

export const columnOf = (kind: ImportKind, name: string): Column | undefined =>
  FILE_KINDS[kind].columns.find((column) => column.name === name);
