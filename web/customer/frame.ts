import type {Entry} from '../desk-page.ts';
import {type Child, html} from '../html.ts';
import {directionOf, type Language} from '../words/catalogue.ts';
import type {Theme} from '../words/look.ts';

interface Frame {
  lang: string;
  theme: Theme;
  title: string;
  /** style sheets, and the scripts of a page that has some */
  entry: Pick<Entry, 'styles'> & Partial<Entry>;
  head?: Child;
  body: Child;
}

/** Around every page that a customer opens. */
export function customerFrame({
  lang,
  theme,
  title,
  entry: {styles, preload = [], script},
  head = null,
  body,
}: Frame): string {
  return html`<!doctype html>
<html lang="${lang}" dir="${directionOf(lang.slice(0, 2) as Language)}"${theme !== 'system' && html` data-theme="${theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/static/icon.svg">
${styles.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}
${preload.map((href) => html`<link rel="modulepreload" href="${href}">\n`)}
${script !== undefined && html`<script type="module" src="${script}"></script>`}
${head}
</head>
<body>
${body}
</body>
</html>
`.text;
}
