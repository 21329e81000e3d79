import {useState} from 'react';
import {Button} from '../../ui/button.tsx';
import {Dialog} from '../../ui/dialog.tsx';
import {useWords} from '../../ui/look.tsx';
import {setUpWords} from '../../words/set-up/index.ts';

interface Props {
  title: string;
  /** whose it is */
  name: string;
  told: string;
  onClose: () => void;
}

/** A secret that nobody can ask for again. */
export function ToldOnce({title, name, told, onClose}: Props) {
  const say = useWords(setUpWords);
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(told).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={copy}>{say(copied ? 'copied' : 'copy')}</Button>
          <Button kind="go" onClick={onClose}>
            {say('noted')}
          </Button>
        </>
      }
    >
      <p>{say('told_once', {name})}</p>
      <p className="setup-secret" dir="ltr">
        <code>{told}</code>
      </p>
    </Dialog>
  );
}
