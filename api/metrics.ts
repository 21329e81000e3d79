import type {StoreContext} from '../store/context.ts';
import {showAudit} from './audit-metrics.ts';
import {showCarriers} from './carrier-metrics.ts';
import {collectDefaultMetrics, Counter, Histogram, Registry} from 'prom-client';

export interface Metrics {
  registry: Registry;
  observe(operation: string, status: number, seconds: number): void;
  refused(code: string): void;
}

interface MetricsOptions {
  process: boolean;
  auditFile?: string;
  /** whose carriers are shown */
  store?: StoreContext;
}

/** Metrics of one process, with the last audit where its file is named, in a registry of its own so that tests can have several. */
export function createMetrics(options: MetricsOptions = {process: false}): Metrics {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({register: registry, prefix: 'waybill_'});
  if (options.auditFile) showAudit(registry, options.auditFile);
  if (options.store) showCarriers(registry, options.store);
  const duration = new Histogram({
    name: 'waybill_http_request_seconds',
    help: 'time to answer a request',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const problems = new Counter({
    name: 'waybill_http_problems_total',
    help: 'requests answered with a problem',
    labelNames: ['code'],
    registers: [registry],
  });
  return {
    registry,
    observe: (operation, status, seconds) => duration.observe({operation, status: String(status)}, seconds),
    refused: (code) => problems.inc({code}),
  };
}
