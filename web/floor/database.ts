import type {Conflict, Waiting} from './outbox.ts';

/** What the device keeps through reloads and dead spots. `facts` are single values by name. */
const STORES = ['facts', 'waiting', 'conflicts'] as const;
type StoreName = (typeof STORES)[number];

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('waybill-floor', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('facts');
      request.result.createObjectStore('waiting', {keyPath: 'seq', autoIncrement: true});
      request.result.createObjectStore('conflicts', {autoIncrement: true});
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function write(work: (store: (name: StoreName) => IDBObjectStore) => void): Promise<void> {
  // strict: on disk before the picker hears the sound
  const transaction = (await open()).transaction([...STORES], 'readwrite', {durability: 'strict'});
  work((name) => transaction.objectStore(name));
  await committed(transaction);
}

async function all<T>(name: StoreName): Promise<T[]> {
  const store = (await open()).transaction(name).objectStore(name);
  return (await done(store.getAll())) as T[];
}

export async function readFact<T>(name: string): Promise<T | null> {
  const store = (await open()).transaction('facts').objectStore('facts');
  return ((await done(store.get(name))) as T | undefined) ?? null;
}

export const keepFact = (name: string, value: unknown): Promise<void> =>
  write((store) => store('facts').put(value, name));

export const readWaiting = (): Promise<Waiting[]> => all<Waiting>('waiting');

export const keepWaiting = (scan: Omit<Waiting, 'seq'>): Promise<void> => write((store) => store('waiting').add(scan));

/** Takes back a scan that was not sent yet; false when it is gone from the line. */
export async function dropWaiting(seq: number): Promise<boolean> {
  const there = (await readWaiting()).some((scan) => scan.seq === seq);
  await write((store) => store('waiting').delete(seq));
  return there;
}

/** The scan is answered: it leaves the line, and what came of it is kept, in one step. */
export function settleWaiting(seq: number, task: {name: string; value: unknown} | null, conflict: Conflict | null) {
  return write((store) => {
    store('waiting').delete(seq);
    if (task) store('facts').put(task.value, task.name);
    if (conflict) store('conflicts').add(conflict);
  });
}

export const readConflicts = (): Promise<Conflict[]> => all<Conflict>('conflicts');

export const clearConflicts = (): Promise<void> => write((store) => store('conflicts').clear());
