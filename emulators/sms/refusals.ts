/** A request that is not taken: answered as Twilio answers, with its own code. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Numbers that stand for trouble, as twilio.com/docs/iam/test-credentials has them. */
const MAGIC: Readonly<Record<string, [number, string]>> = {
  '+15005550001': [21211, "The 'To' number +15005550001 is not a valid phone number."],
  '+15005550002': [21612, "The 'To' phone number is not currently reachable via SMS."],
  '+15005550003': [21408, 'Permission to send an SMS has not been enabled for the region.'],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient.'],
  '+15005550009': [21614, "'To' number is not a valid mobile number."],
};

const E164 = /^\+[1-9]\d{7,14}$/;
/** North America: three digits each of which the first is two or more, and four. */
const NANP = /^\+1[2-9]\d{2}[2-9]\d{6}$/;

/** Checks a request in the order the provider does. Throws Refused. */
export function checkRequest(
  {To: to, From: from, Body: body}: Readonly<Record<string, string | undefined>>,
  optedOut: ReadonlySet<string>,
): {to: string; from: string; body: string} {
  if (!to) throw new Refused(400, 21604, "A 'To' phone number is required.");
  if (!from) throw new Refused(400, 21603, "A 'From' phone number is required.");
  if (!body) throw new Refused(400, 21602, 'Message body is required.');
  if (body.length > 1600)
    throw new Refused(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
  const magic = MAGIC[to];
  if (magic) throw new Refused(400, ...magic);
  if (!E164.test(to) || (to.startsWith('+1') && !NANP.test(to))) {
    throw new Refused(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  }
  if (optedOut.has(to)) throw new Refused(400, 21610, 'Attempt to send to unsubscribed recipient.');
  return {to, from, body};
}
