/** Workflow ids are opaque and made of our ids alone; one order, one id, for ever. */
export const orderWorkflowId = (orderId: string) => `order:${orderId}`;
export const returnWorkflowId = (returnId: string) => `return:${returnId}`;
export const subOrderWorkflowId = (subOrderId: string) => `sub-order:${subOrderId}`;
export const bulkWorkflowId = (jobId: string) => `bulk:${jobId}`;
