import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';
import type {PlantedBug} from './planted/types.ts';

/** A patch that does not fit the product any more. */
export class PatchFailed extends Error {}

/** The file of the product with the bug in it, as the tests' build would make it. Throws PatchFailed. */
export function plantedCode({name, file, find, replace}: PlantedBug, root: string): string {
  const source = readFileSync(join(root, file), 'utf8');
  const times = source.split(find).length - 1;
  if (times !== 1) throw new PatchFailed(`${name}: the text to be replaced occurs ${times} times in ${file}`);
  if (find === replace) throw new PatchFailed(`${name} changes nothing`);
  const {outputText, diagnostics = []} = ts.transpileModule(
    source.replace(find, () => replace),
    {
      fileName: file,
      reportDiagnostics: true,
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2023,
        verbatimModuleSyntax: true,
        isolatedModules: true,
        rewriteRelativeImportExtensions: true,
      },
    },
  );
  const [first] = diagnostics;
  if (first) throw new PatchFailed(`${name}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')} (${file})`);
  return outputText;
}

/** Where a source's compiled file lies below dist/. */
export const compiled = (file: string): string => file.replace(/\.ts$/, '.js');
