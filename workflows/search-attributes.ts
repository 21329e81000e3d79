import {defineSearchAttributeKey, type SearchAttributeUpdatePair, SearchAttributeType} from '@temporalio/common';
import {upsertSearchAttributes} from '@temporalio/workflow';

/** What ops can filter runs by. Never anything personal. */
export const ORDER_STATUS = defineSearchAttributeKey('OrderStatus', SearchAttributeType.KEYWORD);
export const WAITING_ON = defineSearchAttributeKey('WaitingOn', SearchAttributeType.KEYWORD);
export const WAREHOUSE = defineSearchAttributeKey('Warehouse', SearchAttributeType.KEYWORD);
export const CARRIER = defineSearchAttributeKey('Carrier', SearchAttributeType.KEYWORD);
export const DELIVERY_SLA = defineSearchAttributeKey('DeliverySla', SearchAttributeType.KEYWORD);
export const CREATED_DAY = defineSearchAttributeKey('CreatedDay', SearchAttributeType.KEYWORD);

/** Sets several attributes in one history event. */
export function tellSearch(pairs: SearchAttributeUpdatePair[]): void {
  upsertSearchAttributes(pairs);
}
