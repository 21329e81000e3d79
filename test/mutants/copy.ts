import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {compiled, plantedCode} from './apply.ts';
import type {PlantedBug} from './planted/types.ts';
import {ROOT} from './servers.ts';

/** A built copy of the service in a folder of its own. */
export interface Copy {
  folder: string;
  /** the compiled program below the copy's dist/ */
  program(file: string): string;
  bundle: string;
  remove(): void;
}

/** What workflows are bundled from. */
const BUNDLED = /^(workflows|domain)\//;

/** The product as it is built, with the bug in it; without a bug, the product itself. Throws PatchFailed. */
export async function copyWith(bug: PlantedBug | null): Promise<Copy> {
  const code = bug ? plantedCode(bug, ROOT) : null;
  const folder = mkdtempSync(join(tmpdir(), 'waybill-mutant-'));
  const dist = join(folder, 'dist');
  const remove = () => rmSync(folder, {recursive: true, force: true});
  try {
    linkTree(join(ROOT, 'dist'), dist);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    const bundle = join(dist, 'workflows', 'bundle.js');
    if (bug && code !== null) {
      replaceFile(join(dist, compiled(bug.file)), code);
      if (BUNDLED.test(bug.file)) replaceFile(bundle, await bundled(join(dist, 'workflows', 'index.js')));
    }
    return {folder, program: (file) => join(dist, file), bundle, remove};
  } catch (error) {
    remove();
    throw error;
  }
}

/** Hard links, so that a copy costs nothing; plain copies where the folders lie on different disks. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, {withFileTypes: true})) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (!/\.(map|tsbuildinfo)$|\.test\.js$/.test(entry.name)) linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(source, target);
  }
}

/** Takes the link away first: the file behind it is the product's. */
function replaceFile(path: string, text: string): void {
  unlinkSync(path);
  writeFileSync(path, text);
}

async function bundled(workflowsPath: string): Promise<string> {
  const {bundleWorkflows} = (await import(pathToFileURL(join(ROOT, 'scripts/lib/prepare.mjs')).href)) as {
    bundleWorkflows(path: string): Promise<string>;
  };
  return bundleWorkflows(workflowsPath);
}
