/** What became of a promise at the door. */
export interface Kept {
  outcome: 'on_time' | 'late';
  /** whole seconds after the end of the window; 0 on time */
  late_by_s: number;
}

/** Whoever comes before the window's end is on time; too early is no fault. Instants in epoch milliseconds. */
export function judgePromise(window_to: number, delivered_at: number): Kept {
  const late = Math.max(0, delivered_at - window_to);
  return {outcome: late > 0 ? 'late' : 'on_time', late_by_s: Math.ceil(late / 1_000)};
}
