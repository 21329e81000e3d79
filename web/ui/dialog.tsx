import {type MouseEvent, type ReactNode, useEffect, useId, useRef} from 'react';
import {Button} from './button.tsx';
import {useUiWords} from './look.tsx';
import {Failure} from './states.tsx';

interface DialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** at the side and as high as the window, for forms beside what they are about */
  side?: boolean;
  /** the buttons at its foot; close alone by default */
  actions?: ReactNode;
}

/** A window over the page: the browser keeps the focus in it, Esc and a click beside it close it. */
export function Dialog({open, ...rest}: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({title, onClose, side = false, children, actions}: Omit<DialogProps, 'open'>) {
  const say = useUiWords();
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  const beside = (event: MouseEvent) => event.target === ref.current && onClose();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the browser's own
    <dialog
      ref={ref}
      className={side ? 'ui-dialog ui-sheet' : 'ui-dialog'}
      aria-labelledby={id}
      onClick={beside}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="ui-dialog-in">
        <h2 id={id}>{title}</h2>
        {children}
        <div className="ui-dialog-foot">{actions ?? <Button onClick={onClose}>{say('close')}</Button>}</div>
      </div>
    </dialog>
  );
}

interface ConfirmProps extends Omit<DialogProps, 'actions'> {
  /** what the button says: the deed itself, not "OK" */
  deed: string;
  danger?: boolean;
  busy?: boolean;
  disabled?: boolean;
  error?: Error | null;
  onConfirm: () => void;
}

/** Says what will happen before it does; its children are the consequences. */
export function Confirm({
  deed,
  danger = false,
  busy = false,
  disabled = false,
  error,
  onConfirm,
  children,
  ...rest
}: ConfirmProps) {
  const say = useUiWords();
  const actions = (
    <>
      <Button onClick={rest.onClose}>{say('cancel')}</Button>
      <Button kind={danger ? 'danger' : 'go'} busy={busy} disabled={disabled} onClick={onConfirm}>
        {deed}
      </Button>
    </>
  );
  return (
    <Dialog {...rest} actions={actions}>
      {children}
      {error && <Failure error={error} />}
    </Dialog>
  );
}
