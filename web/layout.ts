import {type Child, html} from './html.ts';

interface PageOptions {
  title: string;
  body: Child;
  /** language of the text; English by default */
  lang?: string;
}

/** The frame of every page: one stylesheet, no script. */
export function page({title, body, lang = 'en'}: PageOptions): string {
  const document = html`<!doctype html>
<html lang="${lang}" dir="${/^ar\b/.test(lang) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/app.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
  return document.text;
}
