/** Where an order or a part of it can stand, in the order of the way; what is beside it comes last. */
export const FLOW_STAGES = [
  'payment',
  'check',
  'BACKORDERED',
  'SUPPLIER',
  'ALLOCATED',
  'PICKING',
  'SHORT_PICKED',
  'PICKED',
  'PACKED',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'EXCEPTION',
] as const;
export type FlowStage = (typeof FLOW_STAGES)[number];
