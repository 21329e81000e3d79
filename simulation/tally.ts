/** Named counts of what happened in the world. */
export interface Tally {
  add(name: string, by?: number): void;
  get(name: string): number;
  /** all names that start with `prefix`, without it */
  under(prefix: string): Record<string, number>;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    get: (name) => counts.get(name) ?? 0,
    under: (prefix) =>
      Object.fromEntries(
        [...counts]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, count]) => [name.slice(prefix.length), count] as const)
          .sort(([a], [b]) => a.localeCompare(b)),
      ),
  };
}
