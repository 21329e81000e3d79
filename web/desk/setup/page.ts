import type {ImportKind} from '../../../domain/set-up/kinds.ts';
import type {ComponentType, ReactNode} from 'react';
import type {SetUpWord} from '../../words/set-up/index.ts';
import type {Me} from '../me.ts';
import type {FieldSpec} from './fields.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface ColumnSpec<R> {
  word: SetUpWord;
  show: (row: R) => ReactNode;
  end?: boolean;
}

/** What belongs to one of several: bins to a warehouse, offers to a supplier. */
export interface Scope {
  /** its name in the address of the page */
  name: 'warehouse' | 'supplier';
  word: SetUpWord;
  path: string;
}

export interface FormSpec {
  /** the call that writes, by operation id */
  call: string;
  method?: 'PUT' | 'POST';
  /** it is made, and never changed */
  onlyNew?: boolean;
  address: (id: string, scope: string) => string;
  fields: readonly FieldSpec[];
}

/** One page of the room, told as data: what it lists, and how one of it is made and changed. */
export interface SetUpPage<R = Row> {
  path: string;
  word: SetUpWord;
  about: SetUpWord;
  /** the call that lists, by operation id: who may not make it does not find the page */
  list: string;
  address: (scope: string, me: Me) => string;
  /** where the rows stand in an answer that is no plain list */
  within?: string;
  /** all of it comes at once, and is looked through here */
  whole?: boolean;
  id: (row: R) => string;
  columns: readonly ColumnSpec<R>[];
  scope?: Scope;
  form?: FormSpec;
  /** the kind of file that is imported and exported here */
  csv?: ImportKind;
  /** what else can be done with one, below its form */
  More?: ComponentType<{row: R; onClose: () => void}>;
}

/** Each page knows the shape of its rows; those who show it need not. */
export const page = <R>(given: SetUpPage<R>): SetUpPage => given as unknown as SetUpPage;
