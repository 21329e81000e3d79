import {createHash, randomUUID} from 'node:crypto';

/** A new id as EasyPost makes them: `shp_` and 32 hexadecimal figures. */
export function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}

/** An id that is the same for the same parts, for things that are computed again instead of stored. */
export function derivedId(prefix: string, ...parts: (string | number)[]): string {
  return `${prefix}_${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)}`;
}

/** `SWP` + 15 figures + check figure (Luhn), the same for the same shipment and try. */
export function trackingCode(prefix: string, shipmentId: string, attempt: number): string {
  const digest = createHash('sha256').update(`${shipmentId}\n${attempt}`).digest();
  const figures = (digest.readBigUInt64BE(0) % 10n ** 15n).toString().padStart(15, '0');
  return `${prefix}${figures}${luhn(figures)}`;
}

function luhn(figures: string): number {
  let sum = 0;
  for (let i = 0; i < figures.length; i += 1) {
    const figure = Number(figures[figures.length - 1 - i]);
    const doubled = i % 2 === 0 ? figure * 2 : figure;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}
