import type {NextPick} from '../domain/warehouse/scan.ts';
import type {Tx} from './context.ts';

/** Where the tour goes on, whoever's task it is, and into which tote of the cart. */
interface NextOfTour {
  next: (NextPick & {task_id: string; tote: string}) | null;
  message: string;
}

type Row = NextPick & {task_id: string; tote: string};

export async function nextOfTour(tx: Tx, tour: string): Promise<NextOfTour> {
  const [next] = await tx.$queryRaw<Row[]>`
    SELECT s.bin, s.sku, s.name, s.qty - s.picked - s.short AS remaining, s.task_id, s.tote
      FROM task_stops s JOIN tasks t ON t.id = s.task_id JOIN orders o ON o.id = t.order_id
     WHERE s.tour_id = ${tour} AND t.state = 'open' AND o.held_since IS NULL AND s.picked + s.short < s.qty
     ORDER BY s.tour_position, s.id LIMIT 1`;
  if (!next) return {next: null, message: 'All picked. Take the totes to packing.'};
  const {bin, remaining, name, tote} = next;
  return {next, message: `Go to bin ${bin}: pick ${remaining} × ${name} into tote ${tote}.`};
}
