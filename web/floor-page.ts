import type {Entry} from './desk-page.ts';
import {html} from './html.ts';

export const FLOOR_LANGUAGES = ['en', 'de', 'fr'];

/** The frame of the floor's pages; everything in it is made by the scripts of `web/floor/`, which work without network. */
export function floorPage(lang: string, entry: Entry): string {
  const document = html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<meta name="theme-color" content="#10161a">
<title>Waybill floor</title>
<link rel="icon" href="/static/icon.svg">
<link rel="manifest" href="/floor/app.webmanifest">
<link rel="stylesheet" href="/static/floor.css">
${entry.styles.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}
${entry.preload.map((href) => html`<link rel="modulepreload" href="${href}">\n`)}
<script type="module" src="${entry.script}"></script>
</head>
<body>
<div id="app"></div>
<noscript><p>This page needs JavaScript: it reads scanners and works without network.</p></noscript>
</body>
</html>
`;
  return document.text;
}

export const FLOOR_MANIFEST = JSON.stringify({
  name: 'Waybill floor',
  short_name: 'Floor',
  start_url: '/floor',
  scope: '/floor',
  display: 'standalone',
  background_color: '#10161a',
  theme_color: '#10161a',
  icons: [{src: '/static/icon.svg', sizes: 'any', type: 'image/svg+xml'}],
});
