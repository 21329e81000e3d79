import type {payments} from '../generated/client.ts';

export interface PaymentSums {
  /** held now and not yet taken */
  authorized: bigint;
  captured: bigint;
  refunded: bigint;
}

/** Minor units over all holds an order ever had. */
export function sumPayments(rows: readonly payments[]): PaymentSums {
  const sum = (value: (row: payments) => bigint) => rows.reduce((total, row) => total + value(row), 0n);
  return {
    authorized: sum((p) => (p.state === 'authorized' ? p.amount - p.captured_amount : 0n)),
    captured: sum((p) => p.captured_amount),
    refunded: sum((p) => p.refunded_amount),
  };
}
