import type {ReactNode} from 'react';
import type {Line} from './story.ts';
import {Stepper} from './stepper.tsx';

interface Props {
  lines: readonly Line[];
  /** how many of it there are to choose from */
  of: (line: Line) => number;
  chosen: Readonly<Record<string, number>>;
  onChange: (chosen: Record<string, number>) => void;
  hint: (line: Line) => ReactNode;
  /** below a line of which some are chosen */
  more?: (line: Line) => ReactNode;
}

/** How many of which line. */
export function ChooseLines({lines, of, chosen, onChange, hint, more}: Props) {
  return (
    <ul className="choose">
      {lines.map((line) => {
        const n = chosen[line.line_id] ?? 0;
        return (
          <li key={line.line_id}>
            <div className="what">
              <bdi>{line.name}</bdi>
              <span className="soft small">{hint(line)}</span>
            </div>
            <Stepper
              name={line.name}
              n={n}
              max={of(line)}
              onChange={(next) => onChange({...chosen, [line.line_id]: next})}
            />
            {n > 0 && more?.(line)}
          </li>
        );
      })}
    </ul>
  );
}

/** The lines of which some are chosen. */
export const chosenOf = (chosen: Readonly<Record<string, number>>): {line_id: string; qty: number}[] =>
  Object.entries(chosen).flatMap(([line_id, qty]) => (qty > 0 ? [{line_id, qty}] : []));
