import fc from 'fast-check';
import type {Command, Deed} from './commands.ts';
import type {Wish} from './people.ts';
import type {Setup} from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const deeds: {weight: number; arbitrary: fc.Arbitrary<Deed>}[] = [
  {weight: 7, arbitrary: fc.record({do: fc.constant('place' as const), wish: wishes()})},
  {weight: 1, arbitrary: fc.constant({do: 'place again'})},
  {weight: 3, arbitrary: fc.record({do: fc.constant('cancel' as const), qty: fc.integer({min: 0, max: 2})})},
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('review' as const),
      decision: fc.constantFrom('approve', 'approve', 'reject'),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('pick' as const),
      most: fc.constantFrom(9, 9, 9, 9, 9, 1, 0),
      missing: fc.boolean(),
    }),
  },
  {weight: 7, arbitrary: fc.constant({do: 'pack'})},
  {weight: 6, arbitrary: fc.constant({do: 'dispatch'})},
  {weight: 1, arbitrary: fc.constant({do: 'scan again'})},
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('carrier' as const),
      says: fc.constantFrom(
        ...['in_transit', 'out_for_delivery', 'delivered', 'delivered', 'delivered', 'failure', 'return_to_sender'],
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('time passes' as const),
      ms: fc.constantFrom(2_000, 2 * MINUTE, HOUR, 25 * HOUR, 4 * DAY, 7 * DAY, 31 * DAY),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('nobody works' as const),
      ms: fc.constantFrom(2 * MINUTE, 25 * HOUR, 8 * DAY),
    }),
  },
  {weight: 2, arbitrary: fc.constant({do: 'workers die'})},
  {weight: 1, arbitrary: fc.constant({do: 'relay dies'})},
  {weight: 1, arbitrary: fc.constant({do: 'a run is ended by hand'})},
  {weight: 1, arbitrary: fc.constant({do: 'a run is cancelled by hand'})},
  {weight: 1, arbitrary: fc.constant({do: 'ops resume'})},
  {
    weight: 1,
    arbitrary: fc.record({do: fc.constant('bank refuses our key' as const), times: fc.integer({min: 1, max: 2})}),
  },
  {weight: 1, arbitrary: fc.constant({do: 'bank takes a hold back'})},
  {weight: 1, arbitrary: fc.record({do: fc.constant('bank refuses off-session' as const), on: fc.boolean()})},
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('bank breaks' as const),
      times: fc.integer({min: 1, max: 3}),
      after: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({do: fc.constant('carrier is vague' as const), times: fc.integer({min: 1, max: 2})}),
  },
];

function wishes(): fc.Arbitrary<Wish> {
  return fc.record({
    customer: fc.nat(2),
    units: fc
      .tuple(fc.nat(3), fc.nat(4), fc.constantFrom(0, 0, 0, 0, 1))
      .map(([a, b, c]) => (a + b + c === 0 ? [1, 0, 0] : [a, b, c])),
    card: fc.constantFrom(
      'pm_good',
      'pm_good',
      'pm_good',
      'pm_good',
      'pm_declined',
      'pm_asks',
      'pm_declined_off_session',
    ),
    allowBackorder: fc.boolean(),
    taxBp: fc.constantFrom(0, 888, 1_901),
  });
}

const command: fc.Arbitrary<Command> = fc
  .tuple(fc.oneof(...deeds), fc.nat(9), fc.constantFrom(0, 2, 6, 20, 400, 400, 400), fc.nat(0xffffff))
  .map(([deed, which, steps, salt]) => ({...deed, which, steps, salt}));

const setups: fc.Arbitrary<Setup> = fc.record({
  seed: fc.nat(0x7fffffff),
  stock: fc.array(fc.array(fc.constantFrom(0, 1, 2, 3, 5), {minLength: 3, maxLength: 3}), {minLength: 3, maxLength: 3}),
  multicapture: fc.boolean(),
  longRuns: fc.boolean(),
  extended: fc.constantFrom(false, false, true),
  faultRate: fc.constantFrom(0, 0.02, 0.1, 0.3),
  faultsAtMost: fc.constantFrom(1, 3, 10, 30),
  faultOn: fc.constantFrom(null, null, null, 'authorize', 'releaseHolds', 'capture', 'buyLabels', 'commit'),
  workOff: fc.boolean(),
});

const listOf = (maxLength: number) => fc.array(command, {minLength: 4, maxLength, size: 'max'});

/** A world and at most 60 commands, the first of which places an order. */
export const schedules = fc.record({
  setup: setups,
  first: wishes(),
  commands: fc.oneof(listOf(24), listOf(59)),
});
