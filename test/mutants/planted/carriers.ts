import type {PlantedBug} from './types.ts';

export const CARRIERS: readonly PlantedBug[] = [
  {
    name: 'first-of-two-meanings',
    file: 'domain/shipping/carrier-codes.ts',
    find: 'if (statuses.length > 1) return',
    replace: 'if (statuses.length > 9) return',
    why: 'a code that contradicts itself is guessed, and money is taken for a parcel on its way back',
    expect: 'ending',
    says: 'a code with two meanings waits for a person',
  },
  {
    name: 'unknown-code-asks-nobody',
    file: 'store/apply-tracking.ts',
    find: 'const unread = word.unread && !given_up && !parcel.ended_at;',
    replace: 'const unread = word.unread && given_up;',
    why: 'what nobody understands is forgotten',
    expect: ['C8', 'ending'],
    says: 'a code that nobody knows waits for a person',
  },
  {
    name: 'code-of-another-carrier',
    file: 'store/read-word.ts',
    find: 'carrier: carrier ?? told.code.carrier}',
    replace: 'carrier: `not ${carrier ?? told.code.carrier}`}',
    why: 'a parcel comes back because another carrier uses the same letters',
    expect: ['ending'],
    says: 'a code that nobody knows waits for a person',
  },
  {
    name: 'held-word-is-only-marked',
    file: 'store/read-held-words.ts',
    find: "if (!merged.applied) return 'stale';",
    replace: "if (merged.applied) return 'stale';",
    why: 'a delivery that was understood late is never paid for',
    expect: ['C4', 'ending'],
    says: 'a code that nobody knows waits for a person',
  },
  {
    name: 'held-word-takes-the-parcel-back',
    file: 'store/read-held-words.ts',
    find: ': judge(parcel, status);',
    replace: ': {status, applied: true};',
    why: 'a parcel at the door is shown on the road again',
    expect: ['C4', 'ending'],
    says: 'a late explanation takes no parcel back',
  },
];
