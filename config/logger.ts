import {type DestinationStream, type Logger, pino} from 'pino';

/** Fields that hold personal data or let somebody act for a customer, wherever they turn up. */
const PERSONAL: ReadonlySet<string> = new Set([
  'name',
  'email',
  'phone',
  'line1',
  'line2',
  'ship_to',
  'customer',
  'authorization',
  'payment_method',
  'client_secret',
]);

const CENSORED = '[redacted]';
/** Deeper than anything worth logging; ends cycles too. */
const MAX_DEPTH = 8;

export interface LoggerOptions {
  /** pino's: fatal, error, warn, info, debug, trace, silent */
  level: string;
  /** the process's name, such as api or worker */
  process: string;
  destination?: DestinationStream;
}

/**
 * JSON lines on standard output. Personal fields are redacted at any depth, which pino's own `redact` cannot do: its
 * paths have a fixed length. An error is logged by type, code, message and stack; its other fields are left out.
 */
export function createLogger({level, process, destination}: LoggerOptions): Logger {
  const logger = pino(
    {
      level,
      base: {process},
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({level: label}),
        log: (fields) => redactFields(fields, 0),
      },
      // already made plain by `log`
      serializers: {err: (error: unknown) => error},
    },
    destination ?? pino.destination(1),
  );
  // pino hands the bindings of children to no formatter
  const {child} = logger;
  logger.child = function (this: Logger, bindings, options) {
    return child.call(this, redactFields(bindings, 0), options);
  } as Logger['child'];
  return logger;
}

function redactFields(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      PERSONAL.has(key.toLowerCase()) ? CENSORED : plain(value, depth),
    ]),
  );
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return plainError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (value instanceof Map || value instanceof Set) return plain([...value], depth);
  return redactFields(value as Record<string, unknown>, depth + 1);
}

/** Errors of databases and providers carry rows and requests in their own fields. */
function plainError(error: Error, depth: number): Record<string, unknown> {
  const {code} = error as {code?: unknown};
  return {
    type: error.constructor.name,
    ...((typeof code === 'string' || typeof code === 'number') && {code}),
    message: error.message,
    stack: error.stack,
    ...(error.cause instanceof Error && depth < MAX_DEPTH && {cause: plainError(error.cause, depth + 1)}),
  };
}
