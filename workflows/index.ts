/** Exactly what a worker can run. */
export {bulkWorkflow} from './bulk.ts';
export {disputeWorkflow} from './dispute.ts';
export {orderWorkflow} from './order.ts';
export {labelVoidWorkflow} from './void-label.ts';
export {refundWorkflow} from './refund.ts';
export {returnWorkflow} from './return.ts';
export {subOrderWorkflow} from './sub-order.ts';
export {supplierPartWorkflow} from './supplier-part.ts';
