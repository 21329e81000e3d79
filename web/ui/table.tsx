import type {ReactNode} from 'react';
import {useUiWords} from './look.tsx';
import {Link} from './router.tsx';

export interface Column<Row> {
  key: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** numbers and money stand at the end */
  end?: boolean;
}

interface Picking {
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
}

interface TableProps<Row> {
  /** what the table shows, for those who listen */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string;
  /** where a row leads: its first cell is the link, `j` and `k` go along them */
  href?: (row: Row) => string;
  /** boxes to choose rows with */
  picking?: Picking;
}

/** Rows of the same kind. On a phone each becomes a card, with the column's name before each value. */
export function Table<Row>({caption, columns, rows, id, href, picking}: TableProps<Row>) {
  const say = useUiWords();
  const all = rows.length > 0 && rows.every((row) => picking?.picked.has(id(row)));
  const toggle = (key: string) => {
    const next = new Set(picking?.picked);
    if (!next.delete(key)) next.add(key);
    picking?.onPick(next);
  };
  return (
    <div className="ui-table">
      <table>
        <caption className="spoken">{caption}</caption>
        <thead>
          <tr>
            {picking && (
              <th scope="col" className="pick">
                <input
                  type="checkbox"
                  aria-label={say('pick_all')}
                  checked={all}
                  onChange={() => picking.onPick(new Set(all ? [] : rows.map(id)))}
                />
              </th>
            )}
            {columns.map(({key, head, end}) => (
              <th key={key} scope="col" className={end ? 'end' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={id(row)} className={picking?.picked.has(id(row)) ? 'picked' : undefined}>
              {picking && (
                <td className="pick">
                  <input
                    type="checkbox"
                    aria-label={say('pick_row', {name: id(row)})}
                    checked={picking.picked.has(id(row))}
                    onChange={() => toggle(id(row))}
                  />
                </td>
              )}
              {columns.map(({key, head, cell, end}, i) => (
                <td key={key} data-head={head} className={end ? 'end' : undefined}>
                  {i === 0 && href ? (
                    <Link href={href(row)} data-row>
                      {cell(row)}
                    </Link>
                  ) : (
                    cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
