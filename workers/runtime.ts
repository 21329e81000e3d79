import {Runtime} from '@temporalio/worker';

/** Core's own log lines stay quiet, and signals are ours to handle. Once per process, before any worker or connection. */
export function installRuntime(): void {
  Runtime.install({
    shutdownSignals: [],
    telemetryOptions: {logging: {forward: {}, filter: {core: 'WARN', other: 'ERROR'}}},
  });
}
