/** What a mail is made of, in the reader's language; how it looks is a matter of `asText` and `asHtml`. */
export interface MailParts {
  lang: string;
  dir: 'ltr' | 'rtl';
  shop: string;
  /** the order's, as the subject has it */
  number: string;
  subject: string;
  /** what lists of mails show beside the subject */
  preheader: string;
  hello: string;
  /** one for each shipment it tells of */
  sections: Section[];
  later: {heading: string; rows: Row[]} | null;
  amounts: {label: string; value: string; sum: boolean}[];
  button: {label: string; url: string};
  footer: {why: string; choose: {label: string; url: string} | null};
}

export interface Section {
  heading: string | null;
  sentences: string[];
  rows: Row[];
  /** behind the rows: when it is expected, and what else there is to say */
  expected: string | null;
  after: string[];
}

export interface Row {
  qty: number;
  name: string;
  note: string | null;
}

/** The same as plain text. */
export function asText({hello, sections, later, amounts, button, footer, dir}: MailParts): string {
  const list = (rows: Row[]) => rows.map((row) => `  ${rowText(row, dir)}`);
  const told = sections.flatMap(({heading, sentences, rows, expected, after}) => [
    ...(heading === null ? [] : [heading]),
    ...sentences,
    ...list(rows),
    ...(expected !== null || after.length > 0 ? ['', ...(expected === null ? [] : [expected]), ...after] : []),
    '',
  ]);
  const rest = later === null ? [] : [later.heading, ...list(later.rows), ''];
  const sums = amounts.map(({label, value}) => `${label}: ${value}`);
  const choose = footer.choose === null ? [] : [`${footer.choose.label}: ${footer.choose.url}`];
  const way = `${button.label}: ${button.url}`;
  return [
    hello,
    '',
    ...told,
    ...rest,
    ...(sums.length > 0 ? [...sums, ''] : []),
    way,
    '',
    '--',
    footer.why,
    ...choose,
    '',
  ].join('\n');
}

const rowText = ({qty, name, note}: Row, dir: MailParts['dir']) =>
  `${qty} x ${isolated(name, dir)}${note === null ? '' : ` (${note})`}`;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LEFT_TO_RIGHT = /[A-Za-z\u00c0-\u024f\u0370-\u04ff]/;

/** A text of the other direction keeps it to itself. */
export function isolated(text: string, dir: MailParts['dir']): string {
  const other = dir === 'rtl' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return other.test(text) ? `\u2068${text}\u2069` : text;
}

/** On one line, and without the signs that could turn round what stands behind it. */
export const oneLine = (text: string) =>
  text.replace(/[\r\n\u2028\u2029]+/g, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
