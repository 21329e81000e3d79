import type {Request, RequestHandler, Response} from 'express';
import {faultPhase, type Fault, type Faults, GARBAGE_BODY} from '../shared/faults.ts';
import {ApiFault} from './wire.ts';

interface Manner<Answer> {
  /** JSON by default */
  send?: (response: Response, answer: Answer) => void;
  /** whose part of the operation this call is, such as the carrier's a rate belongs to: a fault may name it */
  part?: (request: Request) => string | null;
}

/**
 * A route whose effect can be struck by a fault of that name, before or after it took place.
 * A fault of `shipment.buy.SwiftPost` strikes that part of the operation only.
 */
export function operation<Answer>(
  faults: Faults,
  name: string,
  status: number,
  effect: (request: Request) => Answer | Promise<Answer>,
  {send = (response, answer) => void response.json(answer), part = () => null}: Manner<Answer> = {},
): RequestHandler {
  return async (request, response) => {
    const of = part(request);
    const fault = faults.take(name) ?? (of === null ? undefined : faults.take(`${name}.${of}`));
    if (fault && faultPhase(fault) === 'before' && (await strike(fault, response))) return;
    const answer = await effect(request);
    if (fault && faultPhase(fault) === 'after' && (await strike(fault, response))) return;
    send(response.status(status), answer);
  };
}

/** Carries the fault out; false when the request goes on all the same. */
async function strike(fault: Fault, response: Response): Promise<boolean> {
  switch (fault.mode) {
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.delay_ms ?? 1000));
      return false;
    case 'drop':
      response.socket?.destroy();
      return true;
    case 'garbage':
      response
        .status(fault.status ?? 200)
        .type('json')
        .send(fault.body ?? GARBAGE_BODY);
      return true;
    case 'error_before':
    case 'error_after':
      return answerError(response, fault.status ?? 500, fault);
    case 'status':
      return answerError(response, fault.status ?? 503, fault);
    case 'duplicate':
    case 'shuffle':
      return false;
  }
}

const CODES: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  404: 'NOT_FOUND',
  408: 'TIMEOUT',
  429: 'RATE_LIMITED',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
};

function answerError(response: Response, status: number, fault: Fault): true {
  if (fault.retry_after !== undefined) response.set('Retry-After', String(fault.retry_after));
  response.status(status).type('json');
  response.send(fault.body ?? JSON.stringify(new ApiFault(status, CODES[status] ?? 'ERROR', 'Injected fault.').body()));
  return true;
}
