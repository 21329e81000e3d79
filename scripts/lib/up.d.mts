export interface Log {
  say(line?: string): void;
  notice(line: string): void;
  begin(line: string): void;
  done(line: string, ms: number): void;
  step<T>(line: string, work: () => Promise<T>): Promise<T>;
}

export interface SystemOptions {
  /** Default: DATA_DIR, else `.data` in the repository. */
  dataDir?: string;
  /** 0 (the default) takes a free port and keeps it in the data folder. */
  port?: number;
  /** Speed of the shared clock; left out, the data folder's own (1 at first). */
  speed?: number;
  /** Handed on as WAYBILL_POLICY. */
  policy?: 'open' | 'default' | 'drill';
  /** Delete the data folder's contents first. */
  fresh?: boolean;
  log?: Log;
  /** Number of workers, 1 by default. */
  workers?: number;
  /** How often the running system is audited, such as `5m`; left out, it is not. */
  audit?: string;
  /** More environment for every process; wins over what the system sets itself. */
  env?: Record<string, string>;
  /** Default true: ignore DATABASE_URL, TEMPORAL_ADDRESS, provider keys and the like of this process's environment. */
  isolated?: boolean;
  /**
   * Asked once database, Temporal and emulators are up and before the product's own processes start: environment for
   * these alone, such as other addresses of their neighbours.
   */
  reroute?: (urls: SystemUrls) => Promise<Record<string, string>>;
  /** More settings of the Postgres it starts, such as `{fsync: 'off'}` where only processes die, never the machine. */
  postgres?: Record<string, string>;
}

export interface SystemUrls {
  api: string;
  /** Temporal's web pages. */
  ui: string | null;
  stripe: string | null;
  carrier: string | null;
  mail: string | null;
  sms: string | null;
  supplier: string | null;
  /** host:port */
  temporal: string;
  database: string;
  smtp: string | null;
}

export interface RunningSystem {
  dataDir: string;
  urls: SystemUrls;
  /** Development keys by role. */
  keys: Record<string, string>;
  /** who sits at a desk in development, by role */
  people: Record<string, {login: string; password: string}>;
  /** Names of processes that could not start because their code is not built. */
  missing: string[];
  pages: {name: string; path: string}[] | undefined;
  clock: {t0: number; real0: number; speed: number};
  /** What every process of the system was told. */
  env: Record<string, string>;
  names(): string[];
  /** Process id of the program, undefined while it is down. */
  pid(name: string): number | undefined;
  /** Sends a signal (SIGKILL unless given); the process is restarted like after any other death. */
  kill(name: string, signal?: string): void;
  stop(): Promise<void>;
  /** Stops and deletes the data folder. */
  discard(): Promise<void>;
}

export function startSystem(options?: SystemOptions): Promise<RunningSystem>;
