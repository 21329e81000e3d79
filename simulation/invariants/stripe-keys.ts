/** A key whose answer was a stored failure is followed by `key:2`, `key:3` ... for the same call. */
export const withoutLink = (key: string | null): string => (key ?? '').replace(/:\d$/, '');
