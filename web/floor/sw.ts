/** Put before this file by the server: what the pages consist of, and a name that changes with it. */
interface Built {
  version: string;
  files: string[];
}
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  WAYBILL: Built;
  location: Location;
  skipWaiting(): Promise<void>;
  clients: {claim(): Promise<void>};
  addEventListener(name: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(name: 'fetch', listener: (event: Fetched) => void): void;
}

const worker = globalThis as unknown as Worker;
const {version, files} = worker.WAYBILL;
const NAME = `floor-${version}`;

worker.addEventListener('install', (event) => {
  const fresh = files.map((path) => new Request(path, {cache: 'reload'}));
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll(fresh))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) if (name.startsWith('floor-') && name !== NAME) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(drop());
});

/** The pages and their parts from the cache, so that a dead spot is not noticed; everything else from the network. */
worker.addEventListener('fetch', (event) => {
  const {request} = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin || !files.includes(url.pathname)) return;
  const answer = async () => {
    const cache = await caches.open(NAME);
    return (await cache.match(url.pathname)) ?? fetch(request);
  };
  event.respondWith(answer());
});
