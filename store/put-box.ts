import type {StoreContext} from './context.ts';
import type {boxes} from './generated/client.ts';

export async function putBox(context: StoreContext, input: boxes): Promise<boxes> {
  const {id, ...row} = input;
  return context.prisma.boxes.upsert({where: {id}, create: input, update: row});
}
