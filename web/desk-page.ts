import {html} from './html.ts';
import {directionOf} from './words/catalogue.ts';
import type {Look} from './words/look.ts';

/** Addresses of what the bundler made of a page's entry. */
export interface Entry {
  script: string;
  preload: readonly string[];
  styles: readonly string[];
}

interface Start {
  development: boolean;
  /** nobody is signed in on this browser: the page need not ask who it is */
  nobody: boolean;
}

/** The frame of the office's pages; everything in it is made by the scripts of `web/desk/`. */
export function deskPage({language, theme}: Look, entry: Entry, {development, nobody}: Start): string {
  const document = html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"${theme !== 'system' && html` data-theme="${theme}"`}${development && html` data-development`}${nobody && html` data-nobody`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Waybill</title>
<link rel="icon" href="/static/icon.svg">
${entry.styles.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}
${entry.preload.map((href) => html`<link rel="modulepreload" href="${href}">\n`)}
<script type="module" src="${entry.script}"></script>
</head>
<body>
<div id="desk"></div>
<noscript><p>This page needs JavaScript.</p></noscript>
</body>
</html>
`;
  return document.text;
}
