import type {Mail} from './mails.ts';
import type {ShownText} from './texts.ts';

const STYLE = `
  :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --paper: #fff; --wash: #f4f6f8; --accent: #1f5fbf; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8ecf2; --soft: #a3adba; --line: #39424f; --paper: #161b22; --wash: #1f2630; --accent: #8ab8ff; }
  }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 52rem; padding: 0 1rem; color: var(--ink); background: var(--paper); }
  a { color: var(--accent); }
  h1 { font-size: 1.6rem; margin: 0; }
  .soft { color: var(--soft); }
  form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.25rem 0 2rem; }
  input { font: inherit; flex: 1 1 14rem; min-width: 0; padding: .55rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--paper); color: inherit; }
  button { font: inherit; padding: .55rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--wash); color: inherit; cursor: pointer; }
  .list { list-style: none; margin: 0; padding: 0; }
  .list li { padding: 1rem 0; border-top: 1px solid var(--line); }
  .list p { margin: .15rem 0 0; overflow-wrap: anywhere; }
  .what { font-weight: 600; }
  .kind { display: inline-block; font-size: .8rem; padding: 0 .5rem; margin-inline-end: .5rem; border: 1px solid var(--line); border-radius: 1rem; }
  .bubble { display: inline-block; max-width: 34rem; padding: .6rem .9rem; border-radius: 1rem 1rem 1rem .25rem; background: var(--wash); }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: baseline; }
  td { overflow-wrap: anywhere; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--wash); padding: 1rem; border-radius: .5rem; }
  iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }`;

interface Asked {
  order?: string | undefined;
  to?: string | undefined;
}

/** All that was sent, mails and texts, newest first; of one order where somebody asks for it. */
export function listPage(mails: Mail[], texts: ShownText[] = [], {order = '', to = ''}: Asked = {}): string {
  const wanted = texts.filter(({body, to: phone}) => body.includes(order) && phone.includes(to));
  const rows = [
    ...mails.map((mail) => ({at: mail.received, row: mailRow(mail)})),
    ...wanted.map((text) => ({at: Date.parse(text.created), row: textRow(text)})),
  ].toSorted((a, b) => b.at - a.at);
  const count = `${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}, ${wanted.length} ${wanted.length === 1 ? 'text' : 'texts'}`;
  const all = order || to ? ' <a href="/">Show all</a>' : '';
  const nothing = order || to ? 'Nothing was sent about that.' : 'No mail yet. What is sent to customers appears here.';
  return page(
    'Mail',
    `<h1>Mail and texts</h1><p class="soft">${count}. Nothing here was really sent.${all}</p>
    <form role="search"><input name="order" value="${escapeHtml(order)}" aria-label="Order number" placeholder="Order number, such as ORD-2026-05-06-001"><button>Show</button></form>
    ${rows.length === 0 ? `<p>${nothing}</p>` : `<ul class="list">${rows.map(({row}) => row).join('')}</ul>`}`,
  );
}

function mailRow(mail: Mail): string {
  const link = `<a class="what" href="/mails/${encodeURIComponent(mail.id)}"><bdi>${escapeHtml(mail.subject || '(no subject)')}</bdi></a>`;
  return `<li><span class="kind">Mail</span>${link}<p class="soft">to ${escapeHtml(mail.to.join(', '))} &middot; ${when(mail)}</p></li>`;
}

function textRow({to, body, segments, created, status, error_code}: ShownText): string {
  const pieces = segments === 1 ? '' : ` &middot; ${segments} pieces`;
  const outcome = error_code === null ? status : `${status} (${error_code})`;
  const at = escapeHtml(created.replace('T', ' ').slice(0, 19));
  return `<li><span class="kind">Text</span><span class="soft">to ${escapeHtml(to)} &middot; ${at} &middot; ${escapeHtml(outcome)}${pieces}</span>
    <p><span class="bubble" dir="auto">${linked(body)}</span></p></li>`;
}

/** The text with its link to click on. */
const linked = (body: string): string =>
  escapeHtml(body).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);

/** One mail: as a reader would see it, in a frame that runs no scripts, and its source. */
export function mailPage(mail: Mail): string {
  const facts = {From: mail.from, To: mail.to.join(', '), Received: when(mail), 'Message-ID': mail.message_id ?? ''};
  const rows = Object.entries(facts).map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`);
  const headers = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`);
  return page(
    mail.subject,
    `<p><a href="/">All mail and texts</a></p>
    <h1>${escapeHtml(mail.subject)}</h1>
    <table><tbody>${rows.join('')}</tbody></table>
    <h2>Text</h2><pre>${escapeHtml(mail.text)}</pre>
    ${mail.html === null ? '' : `<h2>HTML</h2>${frame(mail.html)}`}
    <h2>Headers</h2><pre>${escapeHtml(headers.join('\n'))}</pre>`,
  );
}

function frame(html: string): string {
  const source = escapeHtml(`<base target="_blank">${html}`);
  return `<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${source}"></iframe>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body>${body}</body></html>`;
}

const when = (mail: Mail): string => new Date(mail.received).toISOString().replace('T', ' ').slice(0, 19);

const ESCAPES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
