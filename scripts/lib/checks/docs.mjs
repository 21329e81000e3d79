import {existsSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {ROOT, SOURCES} from '../paths.mjs';
import {filesBelow} from '../stamps.mjs';

const FOLDERS = new Set([...SOURCES, 'docs', 'scripts', '.ci']);
const MADE = /^(dist|node_modules|coverage|\.data|store\/generated)(\/|$)/;
const PLACEHOLDER = /[*<>{}|\s…]|\.\.\.|[A-Z]{3,}\./;
const ROOT_FILE = /^[\w.-]+\.(json|mjs|cjs|ts|yml|yaml|md|toml)$|^(Dockerfile|LICENSE)$/;

/** Complaints about paths, links and npm scripts that README.md and docs/ name and that do not exist. */
export function checkDocs() {
  const files = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md']
    .map((file) => join(ROOT, file))
    .filter(existsSync);
  files.push(...filesBelow(join(ROOT, 'docs')).filter((file) => file.endsWith('.md')));
  const {scripts} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return files.flatMap((file) => complaints(file, scripts));
}

function complaints(file, scripts) {
  const found = [];
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const say = (what) => found.push(`${relative(ROOT, file)}:${index + 1} names ${what}, which does not exist`);
      for (const [, text] of line.matchAll(/`([^`]+)`/g)) {
        if (looksLikePath(text) && !existsSync(join(ROOT, clean(text)))) say(text);
      }
      for (const [, target] of line.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (!/^([a-z]+:|#)/.test(target) && !existsSync(resolve(dirname(file), clean(target)))) say(target);
      }
      for (const [, name] of line.matchAll(/npm run ([a-z][\w:-]*)/g)) if (!scripts[name]) say(`npm run ${name}`);
    });
  return found;
}

function clean(path) {
  return path.replace(/[#?].*$/, '').replace(/:\d+(-\d+)?$/, '');
}

function looksLikePath(text) {
  if (PLACEHOLDER.test(text) || MADE.test(text)) return false;
  const [first, ...rest] = clean(text).split('/');
  return rest.length > 0 ? FOLDERS.has(first) : ROOT_FILE.test(text);
}
