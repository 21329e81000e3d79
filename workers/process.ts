/** Stops once on whatever ends the process: a signal, the supervisor going away. */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const once = () => {
    if (stopping) return;
    stopping = true;
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, once);
  process.on('disconnect', once);
}

/** Tells the supervisor, if there is one, that the process is at work. */
export function tellReady(port?: number): void {
  process.send?.({ready: true, ...(port === undefined ? {} : {port})});
}
