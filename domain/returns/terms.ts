/** Why something is sent back; free text is not taken, so that nothing personal lies in it. */
export const RETURN_REASONS = [
  'changed_mind',
  'wrong_size',
  'late',
  'damaged',
  'defective',
  'wrong_item',
  'not_as_described',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** What the person at the returns desk finds; `missing`: it was announced and is not in the parcel. */
export const GRADES = ['as_new', 'opened', 'worn', 'damaged', 'defective', 'missing'] as const;
export type Grade = (typeof GRADES)[number];

export const DISPOSITIONS = ['restock', 'refurbish', 'return_to_vendor', 'dispose', 'none'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export type Resolution = 'refund' | 'exchange';

const DISPOSITION_OF: Readonly<Record<Grade, Disposition>> = {
  as_new: 'restock',
  opened: 'refurbish',
  worn: 'refurbish',
  damaged: 'dispose',
  defective: 'return_to_vendor',
  missing: 'none',
};

/** What becomes of a unit: only what is as new may be sold again as it is. */
export function dispositionOf(grade: Grade): Disposition {
  return DISPOSITION_OF[grade];
}

const OURS: readonly ReturnReason[] = ['late', 'damaged', 'defective', 'wrong_item', 'not_as_described'];

/** True when the reason is the shop's to answer for: no fee, no deduction, and the shipping charge goes back with it. */
export function isShopsFault(reason: ReturnReason): boolean {
  return OURS.includes(reason);
}
