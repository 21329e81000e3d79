/** The suppliers' books as `GET /_control/ledger` tells them; only what the checks read. */
export interface SupplierLedger {
  orders: SupplierOrder[];
}

export interface SupplierOrder {
  purchase_order_id: string;
  supplier_id: string;
  /** our part */
  reference: string;
  lines: {line_id: string; sku: string; qty: number}[];
  messages: {id: string; type: string; times: number}[];
  steps: {action: string; status: number}[];
}
