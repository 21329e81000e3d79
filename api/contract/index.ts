import * as boxes from './boxes.ts';
import * as bulk from './bulk.ts';
import * as manifests from './manifests.ts';
import * as pickups from './pickups.ts';
import * as addressCheck from './address-check.ts';
import * as calendars from './calendars.ts';
import * as catalogue from './catalogue.ts';
import * as print from './print.ts';
import * as staff from './staff.ts';
import * as carriers from './carriers.ts';
import * as desk from './desk.ts';
import * as dossier from './dossier.ts';
import * as disputes from './disputes.ts';
import * as changes from './changes.ts';
import * as customer from './customer.ts';
import * as inventory from './inventory.ts';
import type {Operation} from './operation.ts';
import * as layouts from './layouts.ts';
import * as ops from './ops.ts';
import * as opsSwitches from './ops-switches.ts';
import * as messages from './messages.ts';
import * as orders from './orders.ts';
import * as refunds from './refunds.ts';
import * as suppliers from './suppliers.ts';
import * as payment from './payment.ts';
import * as returns from './returns.ts';
import * as preview from './preview.ts';
import * as promos from './promos.ts';
import * as quotes from './quotes.ts';
import * as search from './search.ts';
import * as imports from './imports.ts';
import * as setUp from './set-up.ts';
import * as support from './support.ts';
import * as switches from './switches.ts';
import * as system from './system.ts';
import * as textWebhooks from './text-webhooks.ts';
import * as track from './track.ts';
import * as warehouse from './warehouse.ts';
import * as waves from './waves.ts';

/** Every call there is, in the order of the document. */
export const OPERATIONS: readonly Operation[] = [
  quotes.createQuote,
  orders.placeOrder,
  orders.listOrders,
  orders.getOrder,
  orders.getHistory,
  payment.payOrder,
  quotes.getPromise,
  orders.cancelOrder,
  orders.answerBackorder,
  orders.resumeOrder,
  refunds.requestRefund,
  refunds.getRefunds,
  refunds.listRefunds,
  refunds.approveRefund,
  refunds.rejectRefund,
  disputes.listDisputes,
  disputes.getDispute,
  returns.requestReturn,
  returns.listReturns,
  returns.getReturn,
  returns.getReturnLabel,
  returns.decideReturn,
  returns.receiveReturn,
  returns.inspectReturn,
  returns.cancelReturn,
  changes.changeOrder,
  addressCheck.getAddressCheck,
  addressCheck.acceptAddress,
  search.searchOrders,
  dossier.getDossier,
  dossier.getTimeline,
  dossier.getMoment,
  preview.previewOrder,
  support.listReviews,
  support.decideReview,
  warehouse.listTasks,
  warehouse.getWorkload,
  warehouse.claimTask,
  warehouse.recordScan,
  warehouse.getLabel,
  warehouse.getPacking,
  print.printLabel,
  print.printSlip,
  print.printInvoice,
  print.findProduct,
  catalogue.findBin,
  inventory.moveStock,
  warehouse.approveWeight,
  staff.putStaff,
  staff.listStaff,
  staff.listPeople,
  staff.giveCredentials,
  staff.useDevice,
  staff.signIn,
  staff.signOut,
  staff.getMe,
  desk.deskSignIn,
  desk.deskSignOut,
  desk.deskMe,
  desk.putDeskLook,
  desk.putPassword,
  inventory.receiveStock,
  inventory.getInventory,
  inventory.adjustStock,
  inventory.countStock,
  inventory.feedStock,
  inventory.sendTransfer,
  inventory.receiveTransfer,
  inventory.listCounts,
  inventory.answerCount,
  catalogue.putProduct,
  catalogue.putWarehouse,
  ops.getFlow,
  ops.listStageOrders,
  ops.listLateRisk,
  ops.listCutOffs,
  ops.listWorkloads,
  ops.listCarriersHealth,
  ops.listExceptions,
  ops.claimException,
  ops.getKpis,
  ops.listKpiOrders,
  opsSwitches.listSwitches,
  opsSwitches.flipSwitch,
  bulk.prepareBulk,
  bulk.listBulks,
  bulk.getBulk,
  bulk.listBulkOrders,
  bulk.confirmBulk,
  bulk.stopBulk,
  bulk.undoBulk,
  switches.switchWarehouse,
  carriers.listCarriers,
  carriers.switchCarrier,
  carriers.putCarrierCodes,
  carriers.listCarrierCodes,
  carriers.listUnreadCodes,
  calendars.putCalendar,
  calendars.getCalendar,
  waves.putWaveTerms,
  waves.getWaveTerms,
  waves.previewWave,
  waves.createWave,
  waves.listWaves,
  waves.pauseWave,
  waves.undoWave,
  waves.getTour,
  waves.claimTour,
  waves.assignTour,
  layouts.putLayout,
  layouts.getLayout,
  layouts.drawLayout,
  catalogue.putBin,
  catalogue.putBox,
  boxes.putWarehouseBox,
  boxes.listWarehouseBoxes,
  manifests.createManifest,
  manifests.listManifests,
  pickups.createPickup,
  pickups.listPickups,
  pickups.cancelPickup,
  pickups.getCollection,
  catalogue.putShippingRate,
  catalogue.putTaxRate,
  ...setUp.LISTS,
  ...imports.IMPORTS,
  suppliers.putSupplier,
  suppliers.putOffer,
  suppliers.renewSupplierSecret,
  suppliers.endSupplierSecrets,
  suppliers.createSupplierKey,
  suppliers.listPurchases,
  suppliers.getPurchase,
  suppliers.acknowledgePurchase,
  suppliers.shipPurchase,
  suppliers.trackPurchase,
  suppliers.decidePurchasePrice,
  promos.putPromoCode,
  promos.getPromoCode,
  track.trackOrder,
  customer.trackCancel,
  customer.trackAddress,
  customer.trackBackorder,
  customer.trackDelay,
  customer.requestReturnByLink,
  customer.previewReturnByLink,
  customer.cancelReturnByLink,
  customer.printReturnLabel,
  customer.printDocument,
  messages.getTrackPreferences,
  messages.putTrackPreferences,
  messages.getPreferences,
  messages.putPreferences,
  messages.resendMessage,
  system.stripeWebhook,
  system.easypostWebhook,
  textWebhooks.textInbound,
  textWebhooks.textStatus,
  system.healthz,
  system.readyz,
  system.metrics,
  system.openApi,
];
