import {type DragEvent, useState} from 'react';
import {useWords} from '../../ui/look.tsx';
import {importWords} from '../../words/set-up/import/index.ts';

/** A place to drop a file on, which is a button to choose one as well. */
export function DropFile({onFile}: {onFile: (file: File) => void}) {
  const say = useWords(importWords);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <label
      className={over ? 'setup-drop over' : 'setup-drop'}
      onDrop={drop}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 16V4m0 0 5 5m-5-5L7 9M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3" />
      </svg>
      <span className="title">{say('choose')}</span>
      <span className="soft">{say('choose_how')}</span>
      <input
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        className="spoken"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // the same file again, corrected, is chosen again
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
