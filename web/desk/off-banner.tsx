import type {switches} from '../../api/contract/ops-switches.ts';
import type {z} from '../../api/contract/z.ts';
import {useRead} from '../ui/data.ts';
import {useLook, useWords} from '../ui/look.tsx';
import {Link} from '../ui/router.tsx';
import {Status} from '../ui/status.tsx';
import {momentIn} from '../ui/when.tsx';
import {deskWords} from '../words/desk/index.ts';
import {useMay} from './me.ts';

type Switch = z.output<typeof switches>['switches'][number];

/** Switches change seldom, and every page of the office asks. */
const EVERY = 10_000;

/** On every page, while anything is switched off: what, why and until when. */
export function OffBanner() {
  const say = useWords(deskWords);
  const may = useMay();
  const list = useRead<z.output<typeof switches>>(may('listSwitches') ? '/v1/ops/switches' : null, {every: EVERY});
  const off = list.data?.switches.filter(({active}) => !active) ?? [];
  if (off.length === 0) return null;
  return (
    <aside className="desk-off" aria-label={say('off_now')}>
      <Status tone="wait">{say('off_now')}</Status>
      <ul>
        {off.map((one) => (
          <li key={one.kind + one.subject}>
            <Off one={one} />
          </li>
        ))}
      </ul>
      {may('flipSwitch') && <Link href="/desk/ops/switches">{say('off_where')}</Link>}
    </aside>
  );
}

function Off({one: {kind, subject, name, reason, until}}: {one: Switch}) {
  const say = useWords(deskWords);
  const {locale} = useLook();
  const what = say.maybe(`off_${kind === 'policy' ? subject : kind}`, {name}) ?? name;
  return (
    <>
      <strong>{what}</strong>
      {reason && (
        <>
          {' '}
          <q>{reason}</q>
        </>
      )}
      {until && <span> {say('off_until', {time: momentIn(locale, until)})}</span>}
    </>
  );
}
