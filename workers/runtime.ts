import {DefaultLogger, type LogLevel, Runtime} from '@temporalio/worker';

/** Core's own log lines stay quiet, and signals are ours to handle. Once per process, before any worker or connection. */
export function installRuntime(level: LogLevel = 'INFO'): void {
  Runtime.install({
    logger: new DefaultLogger(level),
    shutdownSignals: [],
    telemetryOptions: {logging: {forward: {}, filter: {core: 'WARN', other: 'ERROR'}}},
  });
}
