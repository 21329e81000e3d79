import type {MessageTemplate} from './templates.ts';

/** How things stand now with what a text was to tell. */
export interface Standing {
  /** of the order */
  status: string;
  waiting_on: string | null;
  /** of the shipment it is about; null: about the whole order */
  stage: string | null;
  /** the shipment got a newer estimate, of which there is a text of its own */
  newer_delay: boolean;
}

const ON_THE_WAY: readonly string[] = ['ALLOCATED', 'PICKING', 'PICKED', 'PACKED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY'];

/** Is it no longer so? What was true when it happened may be wrong by the time a phone rings. */
export function isOvertaken(template: MessageTemplate, standing: Standing): boolean {
  const {status, waiting_on, stage, newer_delay} = standing;
  switch (template) {
    case 'out_for_delivery':
      return stage !== 'OUT_FOR_DELIVERY';
    case 'delayed':
      return newer_delay || stage === null || !ON_THE_WAY.includes(stage);
    case 'payment_needed':
      return waiting_on !== 'payment_renewal' || status === 'cancelled';
    default:
      return false;
  }
}
