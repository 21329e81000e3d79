import type {Part} from '../net/stories/index.ts';

/** A bug planted into a copy of the product: one small change of one file. The product's own files are never touched. */
export interface PlantedBug {
  /** unique, kebab-case */
  name: string;
  /** from the repository's root */
  file: string;
  /** occurs exactly once in the file */
  find: string;
  replace: string;
  /** what a customer, a picker or an accountant would notice */
  why: string;
  /** the identifiers that should fire; `ending`: an order does not come to its end; `anything`: nobody has said */
  expect: readonly string[] | 'ending' | 'anything';
  /** words of the story that finds it, or of what it says then, where no invariant does */
  says?: string;
  /** what the stories are about that would notice; all stories are played where this is not said */
  stories?: readonly Part[];
  /** guards of the database that the bug is planted without, such as `ALTER TABLE stock DROP CONSTRAINT stock_sane` */
  sql?: string;
}
