import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {Express, Request, Response} from 'express';

/** What the bundler wrote of one module: see dist/pages/manifest.json. */
interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

/** The bundled pages of the build this process began with. */
export interface Bundle {
  /** addresses of what a page loads first; null where nothing is built */
  entry: (source: string) => {script: string; preload: string[]; styles: string[]} | null;
  files: ReadonlyMap<string, Asset>;
}

interface Asset {
  type: string;
  plain: Buffer;
  gzip: Buffer | null;
}

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  json: 'application/json',
};

/** Reads it whole: what a page named stays there while the folder is built anew beside a running process. */
export function readBundle(): Bundle {
  const places = ['../pages/', '../dist/pages/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const root = places.find((place) => existsSync(`${place}manifest.json`));
  if (root === undefined) return {entry: () => null, files: new Map()};
  const manifest = JSON.parse(readFileSync(`${root}manifest.json`, 'utf8')) as Record<string, Chunk>;
  const names = readdirSync(`${root}assets`).filter((name) => !name.endsWith('.gz'));
  const files = new Map(names.map((name) => [`/assets/${name}`, readAsset(`${root}assets/${name}`)]));
  return {files, entry: (source) => entryOf(manifest, source)};
}

function readAsset(path: string): Asset {
  const twin = `${path}.gz`;
  return {
    type: TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    plain: readFileSync(path),
    gzip: existsSync(twin) ? readFileSync(twin) : null,
  };
}

function entryOf(manifest: Record<string, Chunk>, source: string): ReturnType<Bundle['entry']> {
  const first = manifest[source];
  if (!first) return null;
  const seen = new Set<Chunk>([first]);
  for (const chunk of seen) {
    for (const name of chunk.imports ?? []) {
      const next = manifest[name];
      if (next) seen.add(next);
    }
  }
  const [, ...preload] = [...seen].map(({file}) => `/${file}`);
  return {script: `/${first.file}`, preload, styles: [...seen].flatMap(({css = []}) => css.map((file) => `/${file}`))};
}

/** Names carry a hash of what is in them: whoever has a file never asks for it again. */
export function mountAssets(app: Express, {files}: Bundle): void {
  for (const [path, asset] of files) app.get(path, (request, response) => sendAsset(request, response, asset));
}

function sendAsset(request: Request, response: Response, {type, plain, gzip}: Asset): void {
  response.locals['operation'] = 'asset';
  response.set({'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding'}).type(type);
  if (gzip === null || !request.acceptsEncodings('gzip')) return void response.send(plain);
  response.set('Content-Encoding', 'gzip').send(gzip);
}
