import * as contract from '../contract/preview.ts';
import {ownOrderRow} from '../own-order.ts';
import {previewOrder} from '../preview-order.ts';
import {type Route, route} from '../route.ts';

const preview = route(contract.previewOrder, async (call) =>
  previewOrder(call, await ownOrderRow(call, call.params.id), call.body),
);

export const previewRoutes: readonly Route[] = [preview];
