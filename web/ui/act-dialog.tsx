import {useQuery} from '@tanstack/react-query';
import {createContext, type ReactNode, useContext, useEffect, useRef, useState} from 'react';
import {actWords} from '../words/acts/index.ts';
import {stepWords} from '../words/steps/index.ts';
import './act-dialog.css';
import {call, type Fault, type ProblemError} from './api.ts';
import {type Preview, useConsequences} from './consequences.tsx';
import {useWrite} from './data.ts';
import {Confirm} from './dialog.tsx';
import {useWords} from './look.tsx';
import {Failure} from './states.tsx';
import {nameOfActor, nameOfStep} from './step-name.ts';
import {useToast} from './toast.tsx';

/** One act, ready to be tried out or done. */
export interface Deed {
  /** of `POST /v1/orders/{id}/preview` */
  preview: Readonly<Record<string, unknown>>;
  path: string;
  body: unknown;
  /** what takes it back, once it is done */
  undo?: {path: string; body: unknown};
}

interface Props {
  orderId: string;
  currency: string;
  title: string;
  /** what its button says */
  verb: string;
  danger?: boolean;
  /** null while something is missing */
  deed: Deed | null;
  onClose: () => void;
  /** the fields */
  children: ReactNode;
}

const TYPING_MS = 350;

/** Waits until somebody has stopped typing. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: by its content, not by its identity
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** An act in a dialog: its fields, what would come of it, and only then the button that does it. */
export function ActDialog({orderId, currency, title, verb, danger = false, deed, onClose, children}: Props) {
  const say = useWords(actWords);
  const tell = useToast();
  const settled = useSettled(deed);
  const asked = useQuery<Preview, ProblemError>({
    queryKey: ['preview', orderId, settled?.preview],
    queryFn: ({signal}) => call('POST', `/v1/orders/${orderId}/preview`, {body: settled?.preview, signal}),
    enabled: settled !== null,
    refetchInterval: 5_000,
  });
  const undo = useWrite();
  const write = useWrite({
    onDone: () => {
      const back = deed?.undo;
      tell({text: say('done', {what: title}), ...(back && {undo: () => undo.mutate(back)})});
      onClose();
    },
  });
  const same = JSON.stringify(settled) === JSON.stringify(deed);
  const preview = settled && same ? asked.data : undefined;
  const changed = write.error?.code === 'order_changed' ? write.error : null;
  // a second click comes before the button knows that it is busy
  const sending = useRef(false);
  const confirm = () => {
    if (!deed || !preview || sending.current) return;
    sending.current = true;
    const done = {onSettled: () => void (sending.current = false)};
    write.mutate({path: deed.path, body: deed.body, version: preview.version}, done);
  };
  const refusal = changed ? asked.error : (write.error ?? asked.error);
  return (
    <Confirm
      open
      title={title}
      deed={verb}
      danger={danger}
      busy={write.isPending}
      disabled={!preview?.possible}
      error={changed ? null : write.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <div className="ui-act">
        <Faults value={refusal?.errors ?? NONE}>{children}</Faults>
        {changed && <Changed error={changed} />}
        <Happens currency={currency} preview={preview} error={asked.error} waits={settled !== null && !asked.error} />
      </div>
    </Confirm>
  );
}

const NONE: readonly Fault[] = [];
const Faults = createContext(NONE);

/** What the service says is wrong with a field of the act that is being filled in; `end` is how its pointer ends. */
export const useFault = (end: string): string | undefined =>
  useContext(Faults).find(({pointer}) => pointer.endsWith(end))?.detail;

/** What somebody else did while this dialog was open. */
function Changed({error}: {error: ProblemError}) {
  const say = useWords(actWords);
  const names = useWords(stepWords);
  const steps = (error.members['changes'] ?? []) as {seq: number; type: string; actor: string; note: string | null}[];
  return (
    <div className="ui-changed" role="alert">
      <p className="title">{say('changed')}</p>
      <ul>
        {steps.map(({seq, type, actor, note}) => (
          <li key={seq}>
            {say('by', {what: nameOfStep(names, type), who: nameOfActor(actor)})}
            {note && (
              <>
                : <q>{note}</q>
              </>
            )}
          </li>
        ))}
      </ul>
      <p>{say(steps.length === 0 ? 'same_time' : 'changed_how')}</p>
    </div>
  );
}

interface HappensProps {
  currency: string;
  preview: Preview | undefined;
  error: ProblemError | null;
  waits: boolean;
}

function Happens({currency, preview, error, waits}: HappensProps) {
  const say = useWords(actWords);
  const sentence = useConsequences(currency);
  if (error) return <Failure error={error} />;
  return (
    <section className="ui-happens" aria-live="polite">
      <h3>{say('happens')}</h3>
      {!preview && <p className="soft">{say(waits ? 'looking' : 'fill')}</p>}
      {preview && (
        <ul>
          {preview.refused.map(({code, possible}, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be refused alike
            <li key={code + i} className="refused">
              {possible}
            </li>
          ))}
          {preview.consequences.map((one) => (
            <li key={JSON.stringify(one)}>
              <bdi>{sentence(one)}</bdi>
            </li>
          ))}
        </ul>
      )}
      {preview?.possible && preview.consequences.length === 0 && <p>{say('nothing_changes')}</p>}
      {preview?.possible && <p className="soft">{say(preview.undo ? `undo_${preview.undo}` : 'final')}</p>}
    </section>
  );
}
