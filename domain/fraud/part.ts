/** One rule's share of the score; the sentence is shown to the reviewer when it adds something. */
export interface RiskPart {
  name: string;
  contribution: number;
  reason: string;
}

/** Four decimals: what is stored, shown and summed, so that the parts add up exactly as printed. */
export function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

export function riskPart(name: string, contribution: number, reason: string): RiskPart {
  return {name, contribution: round4(Math.max(0, contribution)), reason};
}

export function sumOf(parts: readonly RiskPart[]): number {
  return round4(parts.reduce((sum, part) => sum + part.contribution, 0));
}

/** A contribution that rejects by itself: half-way between the reject threshold and 1. */
export function rejecting(reject_above: number): number {
  return (1 + reject_above) / 2;
}

export function unit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
