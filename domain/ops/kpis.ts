/** The figures of docs/kpis.md: how their facts (a, b) become one value. */
export const KPIS = ['otif', 'late', 'cost_per_delivery', 'expedite_spend', 'click_to_ship', 'refund_share'] as const;
export type Kpi = (typeof KPIS)[number];

/** ratio: Σa / Σb; sum: Σa; times: the median of a, and what nine of ten stay below. */
export type KpiForm = 'ratio' | 'sum' | 'times';

interface Meaning {
  form: KpiForm;
  unit: 'share' | 'money' | 'seconds';
  /** which way is better */
  better: 'up' | 'down';
}

export const KPI_MEANINGS: Readonly<Record<Kpi, Meaning>> = {
  otif: {form: 'ratio', unit: 'share', better: 'up'},
  late: {form: 'ratio', unit: 'share', better: 'down'},
  cost_per_delivery: {form: 'ratio', unit: 'money', better: 'down'},
  expedite_spend: {form: 'sum', unit: 'money', better: 'down'},
  click_to_ship: {form: 'times', unit: 'seconds', better: 'down'},
  refund_share: {form: 'ratio', unit: 'share', better: 'down'},
};

export interface Facts {
  /** how many facts */
  n: number;
  a: number;
  b: number;
  median: number | null;
  p90: number | null;
}

/** Null where nothing was there to be measured: no deliveries are no late deliveries. */
export function figureOf(form: KpiForm, {n, a, b, median}: Facts): number | null {
  switch (form) {
    case 'ratio':
      return b === 0 ? null : a / b;
    case 'sum':
      return n === 0 ? null : a;
    case 'times':
      return median;
  }
}
