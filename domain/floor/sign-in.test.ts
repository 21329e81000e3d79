import {DEVICE_TRIES, IDLE_MS, isLive, LONGEST_MS, readBadge, waitAfter} from './sign-in.ts';

describe('signing in', () => {
  it('lets a device try a few times, then makes it wait longer and longer, up to a quarter of an hour', () => {
    expect([1, 4, 5, 6, 7, 9, 10, 400].map(waitAfter)).toEqual([0, 0, 30e3, 60e3, 120e3, 480e3, 900e3, 900e3]);
    expect(waitAfter(DEVICE_TRIES - 1)).toBe(0);
  });

  it('ends a session that nobody used for an hour, and any after a shift', () => {
    expect(isLive({started_at: 0, seen_at: 0}, IDLE_MS - 1)).toBe(true);
    expect(isLive({started_at: 0, seen_at: 0}, IDLE_MS)).toBe(false);
    expect(isLive({started_at: 0, seen_at: LONGEST_MS - 1}, LONGEST_MS)).toBe(false);
  });

  it('reads badges as scanners give them', () => {
    expect(readBadge('1007-0123456789ABCDEF')).toEqual({staff_id: '1007', secret: '0123456789ABCDEF'});
    expect(readBadge(' ann-b-0123456789abcdef\n')).toEqual({staff_id: 'ann-b', secret: '0123456789ABCDEF'});
    for (const code of ['', '1007', '1007-short', '-0123456789ABCDEF', '1007-0123456789ABCDEU']) {
      expect(readBadge(code)).toBeNull();
    }
  });
});
