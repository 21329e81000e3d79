import {useWords} from '../ui/look.tsx';
import {customerWords} from '../words/customer/index.ts';

interface Props {
  /** of what */
  name: string;
  n: number;
  max: number;
  onChange: (n: number) => void;
}

/** A small number, by thumb. */
export function Stepper({name, n, max, onChange}: Props) {
  const say = useWords(customerWords);
  return (
    <div className="stepper">
      <button type="button" aria-label={say('fewer', {name})} disabled={n <= 0} onClick={() => onChange(n - 1)}>
        −
      </button>
      <output aria-label={name}>{n}</output>
      <button type="button" aria-label={say('more', {name})} disabled={n >= max} onClick={() => onChange(n + 1)}>
        +
      </button>
    </div>
  );
}
