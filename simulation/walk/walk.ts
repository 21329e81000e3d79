import type {System} from '../system.ts';
import type {Crew} from '../world/crew.ts';
import type {Doors} from './doors.ts';
import type {Size, Window} from './window.ts';

/** What everybody who walks has at hand. */
export interface Walk {
  system: System;
  /** who moves orders along where nobody looks */
  crew: Crew;
  doors: Doors;
  step: (name: string, work: () => Promise<void>) => Promise<void>;
  open: (size: Size) => Promise<Window>;
}

const LOOK_AGAIN_MS = 300;
const PATIENCE_MS = 90_000;

/** Looks until something is there. */
export async function until<T>(what: string, look: () => Promise<T | undefined | null | false>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new Error(`waited in vain for ${what}`);
}
