/** The SQLSTATE behind an error of raw or model calls alike; null when the database did not refuse anything. */
export function sqlState(error: unknown): string | null {
  const meta = (error as {meta?: {driverAdapterError?: {cause?: {originalCode?: string}}}} | null)?.meta;
  return (
    meta?.driverAdapterError?.cause?.originalCode ??
    (error as {cause?: {originalCode?: string}})?.cause?.originalCode ??
    null
  );
}

export const UNIQUE_VIOLATION = '23505';
export const CHECK_VIOLATION = '23514';
