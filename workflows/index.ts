/** Exactly what a worker can run. */
export {orderWorkflow} from './order.ts';
export {subOrderWorkflow} from './sub-order.ts';
