import {escapeHtml} from './html.ts';
import {type Cuboid, covers, face, fromTheBack, on, type Point, type View, viewOf} from './isometric.ts';

export type Language = 'en' | 'de' | 'fr';

export interface PicturedUnit extends Cuboid {
  sku: string;
  name: string;
}

export interface PicturedParcel {
  /** Null = its own carton. */
  box: string | null;
  inner_mm: readonly number[];
  /** In packing order. */
  placements: readonly PicturedUnit[];
}

const WORDS = {
  en: {title: 'How to pack', own: 'in its own carton', box: 'box', more: 'more', order: 'in this order'},
  de: {title: 'So wird gepackt', own: 'im eigenen Karton', box: 'Karton', more: 'weitere', order: 'in dieser Folge'},
  fr: {
    title: 'Comment emballer',
    own: 'dans son propre carton',
    box: 'carton',
    more: 'de plus',
    order: 'dans cet ordre',
  },
} as const;

/** Beyond it units are counted, not drawn. */
const DRAWN_AT_MOST = 150;
const ROWS_AT_MOST = 24;
const SIZE = 520;
const MARGIN = 24;
const ROW = 34;

/**
 * An SVG of a parcel: the open box from above its near corner, units numbered in packing order, and a list beside it.
 * Without styles or scripts, so that it may stand in any page as it is.
 */
export function packingPicture(parcel: PicturedParcel, language: Language = 'en'): string {
  const words = WORDS[language];
  const [w = 1, d = 1, h = 1] = parcel.inner_mm;
  const view = viewOf([w, d, h], SIZE, MARGIN);
  const colours = new Map([...new Set(parcel.placements.map(({sku}) => sku))].map((sku, i) => [sku, (i * 137) % 360]));
  const units = parcel.placements.slice(0, DRAWN_AT_MOST).map((unit, i) => ({unit, number: i + 1}));
  const rows = listOf(parcel.placements);
  const shown = rows.slice(0, ROWS_AT_MOST);
  const height = Math.max(SIZE, 110 + (shown.length + 1) * ROW);
  const head = parcel.box === null ? words.own : `${words.box} ${parcel.box}, ${w} × ${d} × ${h} mm`;
  const lines = shown.map((row, i) => rowSvg(row, colours.get(row.unit.sku) ?? 0, 100 + i * ROW));
  const rest = rows.slice(ROWS_AT_MOST).reduce((sum, row) => sum + row.to - row.from + 1, 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE * 2} ${height}" role="img" font-family="system-ui, sans-serif">`,
    `<title>${escapeHtml(`${words.title}: ${head}`)}</title>`,
    `<desc>${escapeHtml(rows.map((row) => rowText(row)).join('; '))}</desc>`,
    `<rect width="${SIZE * 2}" height="${height}" fill="#fff"/>`,
    boxSvg(view, w, d, h),
    ...fromTheBack(units).map(({unit, number}) =>
      unitSvg(view, unit, {number, hue: colours.get(unit.sku) ?? 0, others: units.map((one) => one.unit)}),
    ),
    `<text x="${SIZE + MARGIN}" y="42" font-size="24" font-weight="700" fill="#111">${escapeHtml(words.title)}</text>`,
    `<text x="${SIZE + MARGIN}" y="70" font-size="17" fill="#333">${escapeHtml(`${head}, ${words.order}`)}</text>`,
    ...lines,
    ...(rest > 0
      ? [
          `<text x="${SIZE + MARGIN}" y="${120 + ROWS_AT_MOST * ROW}" font-size="17" fill="#333">+ ${rest} ${words.more}</text>`,
        ]
      : []),
    '</svg>',
  ].join('\n');
}

/**
 * The open box with the units up to `to`, counted from 1: those from `from` on stand out, what lies there already is
 * pale. No words but the title.
 */
export function stepPicture(parcel: PicturedParcel, {from, to}: {from: number; to: number}, title: string): string {
  const [w = 1, d = 1, h = 1] = parcel.inner_mm;
  const view = viewOf([w, d, h], SIZE, MARGIN);
  const units = parcel.placements.slice(0, to).map((unit, i) => ({unit, number: i + 1}));
  const others = units.map(({unit}) => unit);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" role="img" font-family="system-ui, sans-serif">`,
    `<title>${escapeHtml(title)}</title>`,
    boxSvg(view, w, d, h),
    ...fromTheBack(units).map(({unit, number}) => unitSvg(view, unit, {number, hue: 152, others, pale: number < from})),
    '</svg>',
  ].join('\n');
}

/** The floor and the two far walls. */
function boxSvg(view: View, w: number, d: number, h: number): string {
  const paper = 'fill="#f4efe6" stroke="#8a7a5c" stroke-width="1.5"';
  return [
    face(
      view,
      [
        [0, 0, 0],
        [w, 0, 0],
        [w, d, 0],
        [0, d, 0],
      ],
      paper,
    ),
    face(
      view,
      [
        [0, 0, 0],
        [w, 0, 0],
        [w, 0, h],
        [0, 0, h],
      ],
      paper,
    ),
    face(
      view,
      [
        [0, 0, 0],
        [0, d, 0],
        [0, d, h],
        [0, 0, h],
      ],
      paper,
    ),
  ].join('');
}

/** The three faces that are seen, and the number on the first of them whose middle nothing covers. */
function unitSvg(view: View, unit: PicturedUnit, {number, hue, others, pale = false}: Marked): string {
  const {x, y, z, dx, dy, dz} = unit;
  const [a, b, c] = [x + dx, y + dy, z + dz];
  const colour = (light: number) =>
    `fill="hsl(${hue} ${pale ? 8 : 55}% ${pale ? light + 8 : light}%)" stroke="${pale ? '#888' : '#222'}" stroke-width="1"`;
  const middles: [edge: number, spot: Point][] = [
    [Math.min(dx, dy), [x + dx / 2, y + dy / 2, c]],
    [Math.min(dx, dz), [x + dx / 2, b, z + dz / 2]],
    [Math.min(dy, dz), [a, y + dy / 2, z + dz / 2]],
  ];
  const open = middles
    .filter(([, spot]) => !others.some((other) => other !== unit && covers(other, spot)))
    .sort(([one], [other]) => other - one)[0];
  return [
    face(
      view,
      [
        [x, y, c],
        [a, y, c],
        [a, b, c],
        [x, b, c],
      ],
      colour(82),
    ),
    face(
      view,
      [
        [x, b, z],
        [a, b, z],
        [a, b, c],
        [x, b, c],
      ],
      colour(70),
    ),
    face(
      view,
      [
        [a, y, z],
        [a, b, z],
        [a, b, c],
        [a, y, c],
      ],
      colour(60),
    ),
    open ? numberSvg(view, number, open[1], Math.max(13, Math.min(28, open[0] * view.scale * 0.6))) : '',
  ].join('');
}

interface Marked {
  number: number;
  hue: number;
  others: readonly PicturedUnit[];
  /** lies there already */
  pale?: boolean;
}

function numberSvg(view: View, number: number, spot: Point, size: number): string {
  const [left, top] = on(view, ...spot);
  return `<text x="${left.toFixed(1)}" y="${(top + size * 0.35).toFixed(1)}" font-size="${size.toFixed(0)}" font-weight="700" text-anchor="middle" fill="#111">${number}</text>`;
}

export interface Row {
  from: number;
  to: number;
  unit: PicturedUnit;
}

/** The steps of packing: equal units one after the other are one, numbered from 1. */
export function listOf(units: readonly PicturedUnit[]): Row[] {
  const rows: Row[] = [];
  for (const [i, unit] of units.entries()) {
    const last = rows.at(-1);
    const alike = last && (['sku', 'dx', 'dy', 'dz'] as const).every((key) => last.unit[key] === unit[key]);
    if (alike) last.to = i + 1;
    else rows.push({from: i + 1, to: i + 1, unit});
  }
  return rows;
}

function rowText({from, to, unit}: Row): string {
  const numbers = from === to ? `${from}` : `${from}–${to}`;
  return `${numbers}: ${to - from + 1} × ${unit.name}`;
}

function rowSvg(row: Row, hue: number, y: number): string {
  const {dx, dy, dz} = row.unit;
  const text = rowText(row);
  const name = text.length > 44 ? `${text.slice(0, 43)}…` : text;
  const left = SIZE + MARGIN;
  return [
    `<rect x="${left}" y="${y - 4}" width="20" height="20" fill="hsl(${hue} 55% 70%)" stroke="#222"/>`,
    `<text x="${left + 30}" y="${y + 8}" font-size="17" fill="#111">${escapeHtml(name)}</text>`,
    `<text x="${left + 30}" y="${y + 23}" font-size="12" fill="#555">${dx} × ${dy} × ${dz} mm</text>`,
  ].join('');
}
