import {dayIn, dayOfNumber, orderNumber} from './order-number.ts';

describe('order numbers', () => {
  it("carry the day in the merchant's time zone", () => {
    const at = new Date('2026-05-06T02:30:00Z');
    expect(dayIn('UTC', at)).toBe('2026-05-06');
    expect(dayIn('America/New_York', at)).toBe('2026-05-05');
    expect(dayIn('Pacific/Kiritimati', at)).toBe('2026-05-06');
  });

  it('have three digits or more', () => {
    expect(orderNumber('2026-05-06', 1)).toBe('ORD-2026-05-06-001');
    expect(orderNumber('2026-05-06', 12_345)).toBe('ORD-2026-05-06-12345');
    expect(dayOfNumber('ORD-2026-05-06-12345')).toBe('2026-05-06');
  });
});
