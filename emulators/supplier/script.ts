import type {Action, Player, Purchase} from './types.ts';

const DELIVERY: readonly Action[] = ['ship', 'out_for_delivery', 'delivered'];

const SCRIPTS: Readonly<Record<Player['character'], readonly Action[]>> = {
  good: ['answer', ...DELIVERY],
  slow: ['answer', ...DELIVERY],
  partial: ['answer_part', ...DELIVERY],
  refusing: ['refuse'],
  silent: [],
  over: ['answer_too_much', 'answer', 'ship_too_much', 'ship', 'ship_again', 'out_for_delivery', 'delivered'],
  dear: ['answer_dearer', ...DELIVERY],
  forgetful: ['answer'],
  lost: ['answer', 'ship'],
};

/** Words after which a purchase order is no supplier's business any more. */
const CLOSED = new Set(['purchase_closed', 'not_found']);

/** What it does knowing that it will be refused. */
const TRIES: ReadonlySet<Action> = new Set(['answer_too_much', 'ship_too_much', 'ship_again']);

/** What the supplier does next about a purchase order, and when (virtual milliseconds); null: nothing any more. */
export function nextAction(player: Player, purchase: Purchase): {action: Action; at: number} | null {
  if (purchase.lines.length === 0) return null;
  const shipped = purchase.steps.some(({action, status}) => action === 'ship' && status < 300);
  if (purchase.cancelled && !shipped) return null;
  const closed = ({action, code}: Purchase['steps'][number]) => !TRIES.has(action) && code !== null && CLOSED.has(code);
  if (purchase.steps.some(closed)) return null;
  if (player.character === 'slow' && !purchase.reminded && purchase.steps.length === 0) return null;
  const action = SCRIPTS[player.character][purchase.steps.length];
  if (!action) return null;
  const before = purchase.steps.at(-1)?.at ?? purchase.received_at;
  return {action, at: before + waitBefore(player, action)};
}

function waitBefore(player: Player, action: Action): number {
  switch (action) {
    case 'answer':
    case 'answer_too_much':
    case 'answer_part':
    case 'answer_dearer':
    case 'refuse':
      return player.answer_after_ms;
    case 'ship':
    case 'ship_too_much':
      return player.ship_after_ms;
    case 'out_for_delivery':
    case 'delivered':
      return player.arrive_after_ms / 2;
    default:
      return 0;
  }
}
