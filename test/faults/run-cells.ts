import type {World} from '../support/world.ts';
import type {ArmedCell, FaultBoundary} from './boundary.ts';
import type {Cell, Shape, Twist} from './catalogue.ts';
import type {Front} from './fronts.ts';
import {Lookout, type SeenOrder} from './lookout.ts';
import {Hands, wishOf} from './story.ts';

export interface CellResult {
  cell: Cell;
  order_id: string | null;
  fired: boolean;
  /** faults that did not strike, as cell and fault */
  unfired: string[];
  /** how it went wrong, in words; null when the order ended as it should */
  trouble: string | null;
}

export interface RunOptions {
  cells: readonly Cell[];
  boundary: FaultBoundary;
  frontOf: (cell: Cell) => Front | Promise<Front>;
  /** orders side by side */
  at_once: number;
  /** real milliseconds until an order must have ended */
  patience?: number;
  /** every fault must fire; where faults are combined one may make another impossible */
  must_fire?: boolean;
  onEnd?: (result: CellResult) => void;
  /** real milliseconds between the first starts */
  stagger?: number;
}

const PATIENCE = 240_000;
/** Real milliseconds in which a fault may still fire after the order has ended. */
const AFTERMATH = 90_000;
const TERMINAL: readonly string[] = ['delivered', 'cancelled', 'refunded'];

/** Lets every cell's order live to its end, so many at a time. */
export async function runCells(world: World, options: RunOptions): Promise<CellResult[]> {
  const lookout = new Lookout(world.api.store.pool);
  const queue = [...options.cells];
  const results: CellResult[] = [];
  const work = async (_: unknown, place: number) => {
    await new Promise((resolve) => setTimeout(resolve, place * (options.stagger ?? 0)));
    for (let cell = queue.shift(); cell; cell = queue.shift()) {
      const result = await runCell(world, lookout, options, cell);
      results.push(result);
      options.onEnd?.(result);
    }
  };
  await Promise.all(Array.from({length: options.at_once}, work));
  await lookout.stop();
  await options.boundary.settled();
  return results;
}

async function runCell(world: World, lookout: Lookout, options: RunOptions, cell: Cell): Promise<CellResult> {
  const armed = options.boundary.get(cell.id);
  const result: CellResult = {cell, order_id: null, fired: false, unfired: [], trouble: null};
  try {
    const front = await options.frontOf(cell);
    result.order_id = await Hands.place(front, await wishOf(world, cell), cell.id);
    armed.order_id = result.order_id;
    const hands = new Hands(world, front, cell, result.order_id);
    const last = await live(lookout, hands, armed, options);
    result.trouble = wrongEnd(cell, last);
  } catch (error) {
    result.trouble = error instanceof Error ? error.message : String(error);
  }
  result.unfired = armed.armed.filter((fault) => !fault.fired).map((f) => `${cell.id} ${f.boundary}:${f.kind}`);
  result.fired = result.unfired.length === 0;
  return result;
}

/** Until the order has ended and its faults have struck; returns how it was seen last. */
async function live(lookout: Lookout, hands: Hands, armed: ArmedCell, options: RunOptions): Promise<SeenOrder> {
  const began = Date.now();
  let endedAt = 0;
  for (;;) {
    const seen = await lookout.next(hands.orderId);
    const now = Date.now();
    if (TERMINAL.includes(seen.status)) {
      const over = await hands.afterwards();
      if (!over && now - began <= (options.patience ?? PATIENCE)) continue;
      if (!over) throw new Error('its money never came to rest');
      endedAt ||= now;
      if (armed.armed.every((fault) => fault.fired)) return seen;
      if (
        now - endedAt > (options.must_fire === false ? 500 : AFTERMATH) &&
        !armed.armed.some((f) => f.parked && !f.fired)
      )
        return seen;
    } else {
      await hands.act(seen);
    }
    if (now - began > (options.patience ?? PATIENCE)) {
      throw new Error(`never came to its end; last seen: ${JSON.stringify(seen)}`);
    }
  }
}

const ENDS: Record<Twist, string> = {
  plain: 'delivered',
  rejected: 'cancelled',
  cancelled: 'cancelled',
  renewed: 'delivered',
  broke: 'cancelled',
  short: 'delivered',
  lost: 'refunded',
  unheard: 'delivered',
  unread: 'delivered',
  waved: 'delivered',
  stocked: 'delivered',
  supplied: 'delivered',
  refunded: 'delivered',
  disputed: 'delivered',
  sent_back: 'delivered',
  kept: 'delivered',
  changed: 'delivered',
  change_declined: 'delivered',
  relabelled: 'delivered',
  asked: 'delivered',
  second_method: 'delivered',
  unreviewed: 'cancelled',
  shop: 'delivered',
  shop_gone: 'cancelled',
  in_bulk: 'cancelled',
  in_bulk_undone: 'delivered',
  together: 'delivered',
};

function wrongEnd(cell: Cell, {status}: SeenOrder): string | null {
  // a customer who cancels meanwhile may get either end, the invariants say whether it is a right one
  if (cell.strikes.some(({kind}) => kind === 'F6')) return TERMINAL.includes(status) ? null : `it is ${status}`;
  const expected = endOf(cell.shape, cell.twist);
  return status === expected ? null : `it ended ${status}, not ${expected}`;
}

export function endOf(_shape: Shape, twist: Twist): string {
  return ENDS[twist];
}
