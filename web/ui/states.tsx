import type {ReactNode} from 'react';
import {ProblemError} from './api.ts';
import {Button} from './button.tsx';
import {useUiWords} from './look.tsx';

/** Where something will stand in a moment: grey lines of about its height. */
export function Skeleton({lines = 4}: {lines?: number}) {
  const say = useUiWords();
  return (
    <div className="ui-skeleton" role="status">
      <span className="spoken">{say('loading')}</span>
      {Array.from({length: lines}, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <i key={i} />
      ))}
    </div>
  );
}

/** Nothing there: why, and what to do about it. */
export function Empty({title, children}: {title?: string; children?: ReactNode}) {
  const say = useUiWords();
  return (
    <div className="ui-empty">
      <p className="title">{title ?? say('nothing')}</p>
      {children}
    </div>
  );
}

/** What the service said when it refused, or that it was silent; a retry where that may help. */
export function Failure({error, retry}: {error: Error; retry?: () => void}) {
  const say = useUiWords();
  const problem = error instanceof ProblemError ? error : null;
  const words = problem?.status === 0 ? say('no_answer') : error.message;
  return (
    <div className="ui-failure" role="alert">
      <p className="title">{problem?.title || say('failed')}</p>
      <p>{words}</p>
      {problem?.requestId && <p className="soft">{say('request_id', {id: problem.requestId})}</p>}
      {retry && <Button onClick={retry}>{say('retry')}</Button>}
    </div>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/**
 * What was asked for in each of its states: loading, refused, there. What is there already stays while a later look
 * fails; only the failure is said above it.
 */
export function Shown<T>({
  query,
  lines,
  children,
}: {
  query: Asked<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  const {data, error, refetch} = query;
  const failure = error && <Failure error={error} retry={() => void refetch()} />;
  if (data === undefined) return failure ?? <Skeleton {...(lines === undefined ? {} : {lines})} />;
  return (
    <>
      {failure}
      {children(data)}
    </>
  );
}
