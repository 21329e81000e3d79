// What the bundler knows and the compiler does not.
declare module '*.css';

interface ImportMeta {
  /** files by a pattern, each loaded when it is asked for (Vite) */
  glob<T>(pattern: string): Record<string, () => Promise<T>>;
}
