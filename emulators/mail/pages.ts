import type {Mail} from './mails.ts';

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1c2430; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #d9dee5; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f6f8; padding: 1rem; }
  iframe { width: 100%; height: 32rem; border: 1px solid #d9dee5; background: #fff; }`;

/** All mails, newest first. */
export function listPage(mails: Mail[]): string {
  if (mails.length === 0) return page('Mail', '<h1>Mail</h1><p>No mail yet.</p>');
  const head = '<thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead>';
  return page('Mail', `<h1>Mail</h1><table>${head}<tbody>${mails.toReversed().map(listRow).join('')}</tbody></table>`);
}

function listRow(mail: Mail): string {
  const link = `<a href="/mails/${encodeURIComponent(mail.id)}">${escapeHtml(mail.subject || '(no subject)')}</a>`;
  return `<tr><td>${when(mail)}</td><td>${escapeHtml(mail.to.join(', '))}</td><td>${link}</td></tr>`;
}

/** One mail: as a reader would see it, in a frame that runs no scripts, and its source. */
export function mailPage(mail: Mail): string {
  const facts = {From: mail.from, To: mail.to.join(', '), Received: when(mail), 'Message-ID': mail.message_id ?? ''};
  const rows = Object.entries(facts).map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`);
  const headers = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`);
  return page(
    mail.subject,
    `<p><a href="/">All mail</a></p>
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
