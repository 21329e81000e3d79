import {Status} from '../../ui/status.tsx';
import {useWords} from '../../ui/look.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import type {ProductRow} from './pages-goods.tsx';

/** What packers and sellers must mind about a product. */
export function Marks({of: {fragile, upright, hazmat, backorderable}}: {of: ProductRow}) {
  const say = useWords(setUpWords);
  const marks = [
    ...(hazmat ? [say('mark_hazmat', {hazmat})] : []),
    ...(fragile ? [say('f_fragile')] : []),
    ...(upright ? [say('f_upright')] : []),
    ...(backorderable ? [say('f_backorderable')] : []),
  ];
  return (
    <span className="setup-marks">
      {marks.map((mark) => (
        <span key={mark}>{mark}</span>
      ))}
    </span>
  );
}

/** Whether something takes part, by shape and word. */
export function Active({
  is,
  yes,
  no,
}: {
  is: boolean;
  yes: 'active' | 'works' | 'open';
  no: 'inactive' | 'left' | 'closed';
}) {
  const say = useWords(setUpWords);
  return <Status tone={is ? 'good' : 'ended'}>{say(is ? yes : no)}</Status>;
}

/** What several codes are called, one after the other. */
export function Named({codes, wordOf}: {codes: readonly string[]; wordOf: 'role_' | 'sla_'}) {
  const say = useWords(setUpWords);
  return codes.map((code) => say.maybe(`${wordOf}${code}`) ?? code).join(' · ');
}
