export const ROLES = [
  'checkout',
  'customer',
  'picker',
  'packer',
  'receiver',
  'warehouse_lead',
  'driver',
  'supplier',
  'support',
  'finance',
  'ops',
  'analyst',
  'device',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

/** `public`: no key. `local`: no key straight from the same machine, else one of the roles. */
export type Permission = 'public' | {roles: readonly Role[]; local?: true};

const only = (...roles: Role[]): Permission => ({roles: [...roles, 'admin']});
const FLOOR: Role[] = ['picker', 'packer', 'warehouse_lead'];
const ON_SITE: Role[] = ['picker', 'packer', 'receiver', 'warehouse_lead'];
const OFFICE: Role[] = ['support', 'finance', 'ops'];

/**
 * Who may call what. Deny by default: a call that is not in this table cannot be mounted, a role that is not in its
 * row is refused. Row rules beyond the role (a checkout sees its own orders, floor staff their own warehouse) are in
 * `own.ts`.
 */
export const PERMISSIONS: Readonly<Record<string, Permission>> = {
  placeOrder: only('checkout', 'support'),
  createQuote: only('checkout', 'support'),
  getPromise: only('checkout', ...OFFICE, 'analyst'),
  listOrders: only(...OFFICE, 'analyst'),
  getOrder: only('checkout', ...OFFICE, 'analyst'),
  getHistory: only(...OFFICE),
  payOrder: only('checkout', 'support'),
  cancelOrder: only('checkout', 'support', 'ops'),
  answerBackorder: only('checkout', 'support', 'ops'),
  resumeOrder: only('ops'),
  requestRefund: only('support', 'finance'),
  getRefunds: only(...OFFICE),
  listRefunds: only(...OFFICE),
  approveRefund: only('finance'),
  rejectRefund: only('finance'),
  listDisputes: only(...OFFICE),
  getDispute: only(...OFFICE),
  getAddressCheck: only('support', 'ops'),
  acceptAddress: only('support', 'ops'),
  changeOrder: only('checkout', 'support', 'ops'),
  listReviews: only('support', 'ops'),
  decideReview: only('support', 'ops'),
  requestReturn: only('checkout', 'support'),
  requestReturnByLink: 'public',
  listReturns: only(...OFFICE, 'receiver', 'warehouse_lead', 'analyst'),
  getReturn: only('checkout', ...OFFICE, 'receiver', 'warehouse_lead', 'analyst'),
  getReturnLabel: only('checkout', 'support', 'ops'),
  decideReturn: only('support', 'ops'),
  receiveReturn: only('receiver', 'warehouse_lead', 'ops'),
  inspectReturn: only('receiver', 'warehouse_lead', 'ops'),
  cancelReturn: only('checkout', 'support', 'ops'),
  listTasks: only(...FLOOR, 'ops'),
  getWorkload: only('warehouse_lead', 'ops', 'analyst'),
  claimTask: only(...FLOOR),
  recordScan: only(...FLOOR, 'driver', 'receiver'),
  approveWeight: only('packer', 'warehouse_lead', 'ops'),
  getPacking: only('packer', 'warehouse_lead', 'ops'),
  getLabel: only('packer', 'warehouse_lead', 'ops'),
  printLabel: only('packer', 'warehouse_lead', 'ops'),
  printSlip: only('packer', 'warehouse_lead', 'ops'),
  printInvoice: only('packer', 'warehouse_lead', 'ops'),
  findProduct: only(...ON_SITE, 'support', 'ops'),
  findBin: only(...ON_SITE, 'ops'),
  moveStock: only('receiver', 'warehouse_lead', 'ops'),
  putStaff: only('warehouse_lead', 'ops'),
  listStaff: only('warehouse_lead', 'ops'),
  giveCredentials: only('warehouse_lead', 'ops'),
  useDevice: only('device'),
  signIn: only('device'),
  signOut: only(...ON_SITE),
  getMe: only(...ON_SITE),
  receiveStock: only('receiver', 'warehouse_lead', 'ops'),
  adjustStock: only('warehouse_lead', 'ops'),
  countStock: only('receiver', 'warehouse_lead', 'ops'),
  feedStock: only('ops'),
  sendTransfer: only('receiver', 'warehouse_lead', 'ops'),
  receiveTransfer: only('receiver', 'warehouse_lead', 'ops'),
  listCounts: only('receiver', 'warehouse_lead', 'ops'),
  answerCount: only('receiver', 'warehouse_lead', 'ops'),
  getInventory: only('checkout', 'receiver', 'warehouse_lead', 'support', 'ops', 'analyst'),
  putProduct: only('ops'),
  putWarehouse: only('ops'),
  switchWarehouse: only('ops'),
  listCarriers: only('packer', 'warehouse_lead', 'support', 'ops', 'analyst'),
  switchCarrier: only('ops'),
  putCarrierCodes: only('ops'),
  listCarrierCodes: only('support', 'ops', 'analyst'),
  listUnreadCodes: only('support', 'ops', 'analyst'),
  putBin: only('warehouse_lead', 'ops'),
  putBox: only('warehouse_lead', 'ops'),
  putWarehouseBox: only('warehouse_lead', 'ops'),
  listWarehouseBoxes: only('packer', 'warehouse_lead', 'ops'),
  createManifest: only('warehouse_lead', 'ops'),
  listManifests: only('warehouse_lead', 'ops'),
  putShippingRate: only('ops', 'finance'),
  putTaxRate: only('ops', 'finance'),
  putSupplier: only('ops'),
  putOffer: only('ops'),
  renewSupplierSecret: only('ops'),
  endSupplierSecrets: only('ops'),
  createSupplierKey: only('ops'),
  listPurchases: only('supplier', 'support', 'ops', 'finance'),
  getPurchase: only('supplier', 'support', 'ops', 'finance'),
  acknowledgePurchase: only('supplier', 'ops'),
  shipPurchase: only('supplier', 'ops'),
  trackPurchase: only('supplier', 'ops'),
  decidePurchasePrice: only('ops', 'finance'),
  putPromoCode: only('ops', 'finance'),
  getPromoCode: only('ops', 'finance', 'support'),
  putWaveTerms: only('warehouse_lead', 'ops'),
  getWaveTerms: only('warehouse_lead', 'ops'),
  previewWave: only('warehouse_lead', 'ops'),
  undoWave: only('warehouse_lead', 'ops'),
  createWave: only('warehouse_lead', 'ops'),
  listWaves: only(...FLOOR, 'ops'),
  pauseWave: only('warehouse_lead', 'ops'),
  getTour: only(...FLOOR, 'ops'),
  claimTour: only(...FLOOR),
  assignTour: only('warehouse_lead', 'ops'),
  putLayout: only('warehouse_lead', 'ops'),
  getLayout: only(...ON_SITE, 'ops'),
  drawLayout: only('warehouse_lead', 'ops'),
  putCalendar: only('warehouse_lead', 'ops'),
  trackOrder: 'public',
  trackCancel: 'public',
  trackAddress: 'public',
  stripeWebhook: 'public',
  easypostWebhook: 'public',
  healthz: 'public',
  readyz: 'public',
  metrics: {roles: ['ops', 'admin'], local: true},
  openApi: 'public',
};

/** The roles of a call's row; none for a call that is open to all. */
export function rolesOf(operationId: string): readonly Role[] {
  const permission = permissionOf(operationId);
  return permission === 'public' ? [] : permission.roles;
}

/** Throws for a call without an entry: it must not be reachable at all. */
export function permissionOf(operationId: string): Permission {
  const permission = Object.hasOwn(PERMISSIONS, operationId) ? PERMISSIONS[operationId] : undefined;
  if (permission === undefined) throw new Error(`permissions.ts has no entry for ${operationId}`);
  return permission;
}
