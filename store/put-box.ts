import type {StoreContext} from './context.ts';
import type {boxes} from './generated/client.ts';
import {keep, type Setter} from './set-up/keep.ts';

export async function putBox(context: StoreContext, input: boxes, setter: Setter): Promise<boxes | 'changed'> {
  const {id, ...row} = input;
  return keep(context, setter, {
    what: 'box',
    id,
    read: (tx) => tx.boxes.findUnique({where: {id}}),
    write: (tx) => tx.boxes.upsert({where: {id}, create: input, update: row}),
  });
}
