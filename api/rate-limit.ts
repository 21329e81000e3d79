import type {Request, Response} from 'express';
import {rateLimit} from 'express-rate-limit';
import {Problem} from './errors.ts';

/** Resolves while the client is within its limit; rejects with 429 beyond. */
export type RateLimiter = (request: Request, response: Response) => Promise<void>;

/** So many requests a minute for each `of`, told in the standard headers (draft 8); null is no limit. */
export function createRateLimiter(
  perMinute: number | null,
  identifier: string,
  of: (request: Request, response: Response) => string,
): RateLimiter {
  if (perMinute === null) return () => Promise.resolve();
  const limiter = rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier,
    keyGenerator: of,
    handler: (_request, response, next) => {
      const after = String(response.getHeader('Retry-After') ?? '60');
      next(new Problem('rate_limited', 'too many of these requests a minute', {headers: {'Retry-After': after}}));
    },
  });
  return (request, response) =>
    new Promise((resolve, reject) => {
      const next = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      Promise.resolve(limiter(request, response, next)).catch(reject);
    });
}
