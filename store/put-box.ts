import type {StoreContext} from './context.ts';
import type {boxes} from './generated/client.ts';
import {keep, type Setter, type Unwritten} from './set-up/keep.ts';

export async function putBox(
  context: StoreContext,
  {id, ...given}: Unwritten<boxes>,
  setter: Setter,
): Promise<boxes | 'changed'> {
  return keep(context, setter, {
    what: 'box',
    id,
    read: (tx) => tx.boxes.findUnique({where: {id}}),
    write: (tx, updated_at) => {
      const row = {...given, updated_at};
      return tx.boxes.upsert({where: {id}, create: {id, ...row}, update: row});
    },
  });
}
