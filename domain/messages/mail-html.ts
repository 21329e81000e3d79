import type {MailParts, Row, Section} from './mail-parts.ts';

/**
 * A mail for readers of HTML, as mail clients need it: tables, styles on the elements, no picture, no script. What says
 * `class` is there for the dark mode of those that have one; the others show the light colours.
 */
export function asHtml(parts: MailParts): string {
  const {lang, dir, shop, number, subject, preheader, hello, sections, later, amounts, button, footer} = parts;
  const start = dir === 'rtl' ? 'right' : 'left';
  const cards = [
    ...sections.map((section) => card(sectionOf(section, start))),
    later && card(heading(later.heading) + rowsOf(later.rows, start)),
    amounts.length > 0 && card(amountsOf(amounts, start)),
  ];
  const choose = footer.choose
    ? ` <a href="${safe(footer.choose.url)}" class="soft" style="color:${SOFT}">${safe(footer.choose.label)}</a>`
    : '';
  return `<!doctype html><html lang="${safe(lang)}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${safe(subject)}</title><style>${DARK}</style></head>
<body class="paper" style="margin:0;padding:0;background:${PAPER}">
<div style="display:none;max-height:0;overflow:hidden;opacity:0">${safe(preheader)}${FILLER}</div>
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:${PAPER}"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" dir="${dir}" style="max-width:560px;text-align:${start};font:16px/1.55 ${FONT}">
<tr><td class="soft" style="padding:0 8px 8px;font-size:14px;color:${SOFT}">${safe(shop)}</td></tr>
<tr><td style="padding:0 8px 20px"><h1 class="ink" style="margin:0 0 14px;font-size:24px;line-height:1.25;font-weight:650;color:${INK}">${whole(subject, number)}</h1>
<p class="ink" style="margin:0;color:${INK}"><bdi>${safe(hello)}</bdi></p></td></tr>
${cards.filter(Boolean).join('\n')}
<tr><td style="padding:8px 8px 28px"><a href="${safe(button.url)}" class="go" style="display:inline-block;padding:12px 22px;border-radius:8px;background:${ACCENT};color:#ffffff;font-weight:600;text-decoration:none">${safe(button.label)}</a></td></tr>
<tr><td class="soft rule" style="padding:16px 8px 0;border-top:1px solid ${LINE};font-size:13px;color:${SOFT}">${safe(footer.why)}${choose}</td></tr>
</table></td></tr></table></body></html>`;
}

const PAPER = '#f6f4ef';
const CARD = '#ffffff';
const INK = '#1d2328';
const SOFT = '#5b646c';
const LINE = '#dcd8cf';
const ACCENT = '#0b6157';
const FONT = "-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif";
const DARK = `:root{color-scheme:light dark}@media (prefers-color-scheme:dark){.paper{background:#14181b!important}.card{background:#1d2327!important;border-color:#353d43!important}.ink{color:#ecebe6!important}.soft{color:#a9b1b7!important}.rule{border-color:#353d43!important}.go{background:#63c7b8!important;color:#10201d!important}}`;
/** Keeps mail clients from showing what follows beside the preheader. */
const FILLER = '&#8199;&#847; '.repeat(40);

const card = (inside: string) =>
  `<tr><td style="padding:0 0 12px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="card" style="padding:18px 20px;background:${CARD};border:1px solid ${LINE};border-radius:10px">${inside}</td></tr></table></td></tr>`;

const heading = (text: string) =>
  `<p class="soft" style="margin:0 0 8px;font-size:14px;font-weight:600;color:${SOFT}">${safe(text)}</p>`;

const paragraph = (text: string) => `<p class="ink" style="margin:0 0 10px;color:${INK}">${safe(text)}</p>`;

function sectionOf({heading: title, sentences, rows, expected, after}: Section, start: string): string {
  const said = sentences.length > 0 ? paragraph(sentences.join(' ')) : '';
  const closing = [
    ...(expected === null ? [] : [{text: expected, weight: 600}]),
    ...after.map((text) => ({text, weight: 400})),
  ].map(
    ({text, weight}) => `<p class="ink" style="margin:12px 0 0;font-weight:${weight};color:${INK}">${safe(text)}</p>`,
  );
  return (title === null ? '' : heading(title)) + said + rowsOf(rows, start) + closing.join('');
}

function rowsOf(rows: readonly Row[], start: string): string {
  if (rows.length === 0) return '';
  const row = ({qty, name, note}: Row) =>
    `<tr><td class="ink rule" style="padding:8px 0;border-top:1px solid ${LINE};color:${INK};text-align:${start};overflow-wrap:anywhere"><bdi>${safe(name)}</bdi>${note === null ? '' : `<br><span class="soft" style="font-size:14px;color:${SOFT}">${safe(note)}</span>`}</td><td class="soft rule" width="56" style="padding:8px 0;border-top:1px solid ${LINE};color:${SOFT};text-align:${opposite(start)};vertical-align:top;white-space:nowrap">× ${qty}</td></tr>`;
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0">${rows.map(row).join('')}</table>`;
}

function amountsOf(amounts: MailParts['amounts'], start: string): string {
  const row = ({label, value, sum}: MailParts['amounts'][number]) => {
    const style = `padding:4px 0;color:${INK};font-weight:${sum ? 650 : 400}`;
    return `<tr><td class="ink" style="${style};text-align:${start}">${safe(label)}</td><td class="ink" style="${style};text-align:${opposite(start)};white-space:nowrap"><bdi>${safe(value)}</bdi></td></tr>`;
  };
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0">${amounts.map(row).join('')}</table>`;
}

/** An order's number is not torn apart at its hyphens. */
const whole = (subject: string, number: string) =>
  safe(subject).replace(safe(number), (found) => `<span style="white-space:nowrap">${found}</span>`);

const opposite = (side: string) => (side === 'left' ? 'right' : 'left');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
