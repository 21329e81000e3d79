import type {PlantedBug} from './types.ts';

export const TEXTS: readonly PlantedBug[] = [
  {
    name: 'text-asked-for-again-without-looking',
    file: 'activities/text.ts',
    find: 'to && taken.attempted_at ? await',
    replace: 'to && taken.attempted_at && taken.attempts > 9 ? await',
    why: 'every lost answer is another text on the phone',
    expect: ['N1'],
  },
  {
    name: 'attempt-at-a-text-not-written-down',
    file: 'store/take-text.ts',
    find: 'attempted_at = COALESCE(attempted_at, ${at})',
    replace: 'attempted_at = NULL::timestamptz',
    why: 'nobody knows that the provider was asked already, and it is asked again',
    expect: ['N1'],
  },
  {
    name: 'text-that-is-no-longer-so',
    file: 'activities/text.ts',
    find: "if (isOvertaken(template, standing)) return 'overtaken';",
    replace: '',
    why: 'the phone says that it arrives today, after it has arrived',
    expect: ['N3'],
  },
  {
    name: 'text-given-up-at-the-first-trouble',
    file: 'activities/text.ts',
    find: 'if (told && !told.retryable) {',
    replace: 'if (told) {',
    why: 'a provider that is busy for a second swallows the text',
    expect: ['N2'],
  },
  {
    name: 'text-believed-before-it-was-sent',
    file: 'activities/text.ts',
    find: 'const sent = await gateway.send(',
    replace:
      "await store.markTextSent(message_id, {ref: message_id, status: 'queued'});\n  const sent = await gateway.send(",
    why: 'a text that the provider did not take is never sent',
    expect: ['N2'],
  },
  {
    name: 'choices-of-texts-do-not-count',
    file: 'activities/text.ts',
    find: "return wants(choices, 'sms', kindOf(template)) ? null : 'unwanted';",
    replace: 'return choices.length < 0 || kindOf(template) ? null : String(wants);',
    why: 'who told support that they want no texts gets them all the same',
    expect: ['N2'],
  },
  {
    name: 'stop-is-not-heard',
    file: 'store/stop-texts.ts',
    find: "kinds.map((kind) => ({channel: 'sms' as const, kind, wanted}));",
    replace: "kinds.map((kind) => ({channel: 'sms' as const, kind, wanted: wanted || kind !== null}));",
    why: 'who said STOP is still written down as somebody who wants texts',
    expect: 'ending',
    says: 'STOP to count',
  },
];
