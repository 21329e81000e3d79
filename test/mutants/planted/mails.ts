import type {PlantedBug} from './types.ts';

export const MAILS: readonly PlantedBug[] = [
  {
    name: 'digest-tells-of-one-shipment',
    file: 'activities/notify.ts',
    find: 'parts: sources.flatMap((source) => source.parts)}',
    replace: 'parts: last.parts}',
    why: 'a shipment has left and its customer never hears of it',
    expect: ['N2'],
  },
  {
    name: 'a-mail-overtakes-those-that-wait',
    file: 'activities/notify.ts',
    find: 'await sendWhatWaits(parts, event.order_id);',
    replace: '',
    why: 'the mail that it left comes after the one that it arrived',
    expect: ['E3'],
  },
  {
    name: 'told-together-is-forgotten',
    file: 'store/claim-message.ts',
    find: 'OR: [{id}, {told_by: id}]',
    replace: 'id',
    why: 'nobody can say whether the customer was told of the second shipment',
    expect: ['N2'],
  },
];
