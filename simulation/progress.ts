import type {Tally} from './tally.ts';

export interface Progress {
  /** a line that stays */
  say(line: string): void;
  /** the state of the run, told again and again until `stop` */
  watch(state: () => ProgressState): void;
  stop(): void;
}

export interface ProgressState {
  sent: number;
  orders: number;
  open: number;
  ended: number;
  seconds: number;
  /** real seconds until the last planned event */
  secondsLeft: number;
  tally: Tally;
}

const BAR = 24;

/** Progress on standard error: one moving line on a terminal, a line now and then elsewhere. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const moving = stream.isTTY === true;
  let timer: NodeJS.Timeout | undefined;
  let current: (() => ProgressState) | undefined;
  const wipe = () => {
    if (moving && current) stream.write('\r\x1b[2K');
  };
  const draw = () => {
    if (current) stream.write(moving ? `\r\x1b[2K${lineOf(current())}` : `  ${lineOf(current())}\n`);
  };
  return {
    say: (line) => {
      wipe();
      stream.write(`${line}\n`);
    },
    watch: (state) => {
      current = state;
      timer = setInterval(draw, moving ? 500 : 10_000);
      timer.unref();
    },
    stop: () => {
      clearInterval(timer);
      if (current && !moving) draw();
      wipe();
      current = undefined;
    },
  };
}

export function lineOf({sent, orders, open, ended, seconds, secondsLeft, tally}: ProgressState): string {
  const full = orders === 0 ? BAR : Math.round((BAR * sent) / orders);
  const bar = `${'#'.repeat(full)}${'.'.repeat(BAR - full)}`;
  const rate = seconds > 0 ? (sent / seconds).toFixed(1) : '0.0';
  const again = Object.values(tally.under('retry.')).reduce((a, b) => a + b, 0);
  const retries = again > 0 ? `  ${again} tries again` : '';
  return `[${bar}] ${sent}/${orders} sent (${rate}/s)  ${open} open  ${ended} ended${retries}  ~${duration(secondsLeft)} left`;
}

export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
