/** The stages of one sub-order as one warehouse sees them. */
export const STAGES = [
  'ALLOCATED',
  'PICKING',
  'PICKED',
  'PACKED',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
  'BACKORDERED',
  'SHORT_PICKED',
  'EXCEPTION',
  'RETURN_TO_SENDER',
  'CANCELLED',
] as const;
export type Stage = (typeof STAGES)[number];

/** Legal moves; stages beside the main line lead back into it where the floor can repair them. */
export const STAGE_MOVES: Readonly<Record<Stage, readonly Stage[]>> = {
  BACKORDERED: ['ALLOCATED', 'CANCELLED'],
  ALLOCATED: ['PICKING', 'PICKED', 'SHORT_PICKED', 'CANCELLED', 'EXCEPTION'],
  PICKING: ['PICKED', 'SHORT_PICKED', 'CANCELLED', 'EXCEPTION'],
  SHORT_PICKED: ['PICKED', 'CANCELLED', 'EXCEPTION'],
  PICKED: ['PACKED', 'CANCELLED', 'EXCEPTION'],
  PACKED: ['IN_TRANSIT', 'PICKED', 'CANCELLED', 'EXCEPTION'],
  IN_TRANSIT: ['OUT_FOR_DELIVERY', 'DELIVERED', 'RETURN_TO_SENDER', 'EXCEPTION'],
  OUT_FOR_DELIVERY: ['DELIVERED', 'RETURN_TO_SENDER', 'EXCEPTION'],
  EXCEPTION: ['PICKED', 'PACKED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED', 'RETURN_TO_SENDER', 'CANCELLED'],
  DELIVERED: ['RETURN_TO_SENDER'],
  RETURN_TO_SENDER: [],
  CANCELLED: [],
};

/** What a supplier sends is never on our floor: it is promised, and then on the road. */
const SUPPLIER_MOVES: Readonly<Partial<Record<Stage, readonly Stage[]>>> = {
  ALLOCATED: ['IN_TRANSIT', 'CANCELLED', 'EXCEPTION'],
};

export class IllegalStageError extends Error {
  readonly code = 'illegal_stage';
  constructor(from: string, to: string) {
    super(`a sub-order cannot move from ${from} to ${to}`);
  }
}

export function assertStageMove(from: Stage, to: Stage, sourceKind: string | null = 'warehouse'): void {
  const moves = (sourceKind === 'supplier' && SUPPLIER_MOVES[from]) || STAGE_MOVES[from];
  if (!moves.includes(to)) throw new IllegalStageError(from, to);
}

/** Milestones that the order as a whole also reaches, in order, with the stages that count as "there". */
const MAIN_LINE: readonly Stage[] = [
  'ALLOCATED',
  'PICKING',
  'PICKED',
  'PACKED',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
];
export const ORDER_MILESTONES = ['PICKED', 'PACKED', 'IN_TRANSIT', 'DELIVERED'] as const;
export type OrderMilestone = (typeof ORDER_MILESTONES)[number];

/** True when a sub-order in `stage` has reached `milestone`; one that ended otherwise does not hold the others up. */
export function hasReached(stage: Stage, milestone: OrderMilestone): boolean {
  const at = MAIN_LINE.indexOf(stage);
  return at >= 0 && at >= MAIN_LINE.indexOf(milestone);
}

/** Stages in which nothing more is expected of a sub-order. */
export function isEnded(stage: Stage, lost: boolean): boolean {
  return (
    stage === 'DELIVERED' || stage === 'CANCELLED' || stage === 'RETURN_TO_SENDER' || (stage === 'EXCEPTION' && lost)
  );
}
