import {ProblemError} from '../ui/api.ts';
import {useWords} from '../ui/look.tsx';
import {Failure} from '../ui/states.tsx';
import {customerWords} from '../words/customer/index.ts';

interface RefusedUnit {
  line_id?: string;
  qty?: number;
  code: string;
}

/** What was refused, in the reader's words where there are some for it; else as the service said it. */
export function Refused({error}: {error: Error}) {
  const say = useWords(customerWords);
  const problem = error instanceof ProblemError ? error : null;
  const units = Array.isArray(problem?.members['refused']) ? (problem.members['refused'] as RefusedUnit[]) : [];
  const codes = [...units.map(({code}) => code), ...(problem?.errors.map(({code}) => code) ?? []), problem?.code ?? ''];
  const words = [...new Set(codes)].map((code) => say.maybe(`why_${code}`)).find((one) => one !== null);
  if (!words) return <Failure error={error} />;
  return (
    <p className="refused" role="alert">
      {words}
    </p>
  );
}
