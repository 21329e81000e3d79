/** The milliseconds of a Retry-After in seconds; null for anything else. */
export function retryAfterOf(header: string | undefined): number | null {
  return /^\d{1,6}$/.test(header ?? '') ? Number(header) * 1000 : null;
}
