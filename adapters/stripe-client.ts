import Stripe from 'stripe';

export interface StripeOptions {
  secretKey: string;
  /** such as http://127.0.0.1:12111; Stripe itself when absent */
  apiBase?: string | undefined;
  timeoutMs?: number | undefined;
}

export function createClient({secretKey, apiBase, timeoutMs = 20_000}: StripeOptions): Stripe {
  // retries belong to the workflow, which can look up an unknown outcome first; the SDK still repeats a closed
  // connection once, which is why every POST carries a key of ours
  const settings = {maxNetworkRetries: 0, timeout: timeoutMs, telemetry: false};
  if (!apiBase) return new Stripe(secretKey, settings);
  const {protocol, hostname, port} = new URL(apiBase);
  const plain = protocol === 'http:';
  return new Stripe(secretKey, {
    ...settings,
    host: hostname,
    port: Number(port || (plain ? 80 : 443)),
    protocol: plain ? 'http' : 'https',
  });
}
