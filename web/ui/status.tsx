export type Tone = 'still' | 'moving' | 'good' | 'wait' | 'bad' | 'ended';

/** A shape for each, so that nobody needs the colour. */
const SHAPES: Readonly<Record<Tone, string>> = {
  still: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11Zm0 2a3.5 3.5 0 1 1 0 7 3.5 3.5 0 1 1 0-7Z',
  moving: 'M3 2.5 13.5 8 3 13.5Z',
  good: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13Zm-1 9.6L3.9 8l1.2-1.2L7 8.7l3.9-3.9 1.2 1.2Z',
  wait: 'M8 1.2 14.8 8 8 14.8 1.2 8Z',
  bad: 'M8 1.5 15 14H1ZM7.1 6v4h1.8V6Zm0 5v1.6h1.8V11Z',
  ended: 'M2.5 6.8h11v2.4h-11Z',
};

/** How something stands: shape, word and colour say the same. */
export function Status({tone, children}: {tone: Tone; children: string}) {
  return (
    <span className={`ui-status ${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path fillRule="evenodd" d={SHAPES[tone]} />
      </svg>
      {children}
    </span>
  );
}
