const MINUTE = 60_000;

/** What people are called where keys have their client's name. */
export const staffClient = (staffId: string) => `staff:${staffId}`;

/** The person behind such a name; null for the client of a key. */
export const staffOf = (client: string): string | null => (client.startsWith('staff:') ? client.slice(6) : null);

/** A person who does nothing for so long has put the device down. */
export const IDLE_MS = 60 * MINUTE;
/** Nobody's shift is longer. */
export const LONGEST_MS = 12 * 60 * MINUTE;
/** How often a live session is noted as used: a note for every scan would be a write for every scan. */
export const NOTE_MS = MINUTE;

/** Wrong sign-ins in a row after which a device waits, and the wrong PINs after which a person's PIN is of no use. */
export const DEVICE_TRIES = 5;
export const PIN_TRIES = 10;

/** Milliseconds a device waits after so many wrong sign-ins in a row: none, then half a minute, doubled up to a quarter of an hour. */
export function waitAfter(failures: number): number {
  if (failures < DEVICE_TRIES) return 0;
  return Math.min(15 * MINUTE, (MINUTE / 2) * 2 ** (failures - DEVICE_TRIES));
}

/** Whether a session still counts: used within the hour, begun within the shift. */
export function isLive(session: {started_at: number; seen_at: number}, now: number): boolean {
  return now < session.seen_at + IDLE_MS && now < session.started_at + LONGEST_MS;
}

/** A badge is the person's number and a secret: `1007-K7QF2M9XWTRD4HGB`; null for anything else. */
export function readBadge(code: string): {staff_id: string; secret: string} | null {
  const found = /^(.{1,40})-([0-9A-HJKMNP-TV-Z]{16})$/i.exec(code.trim());
  return found ? {staff_id: String(found[1]), secret: String(found[2]).toUpperCase()} : null;
}

/** The login of the office is counted like a device: whoever tries it waits, and nobody else. */
export const deskTries = (login: string): string => `desk:${login}`;
/** Tries of logins are forgotten after so long without one. */
export const TRIES_KEPT_MS = 24 * 60 * MINUTE;
