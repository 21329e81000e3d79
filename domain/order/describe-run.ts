import {dayOfNumber} from './order-number.ts';
import {orderWorkflowId} from './workflow-ids.ts';

/** What the run of an order is called and found by; nothing personal. */
export interface RunDescription {
  workflow_id: string;
  /** one line, Markdown */
  summary: string;
  details: string;
  created_day: string;
  search_attributes: {OrderStatus: string; DeliverySla: string; CreatedDay: string};
}

interface DescribedOrder {
  id: string;
  number: string;
  status: string;
  delivery_sla: string;
  total_amount: bigint;
  currency: string;
  ship_country: string;
}

/** The same for whoever starts the run: checkout, or the sweeper that finds an order without one. */
export function describeRun(order: DescribedOrder, lineCount: number): RunDescription {
  const created_day = dayOfNumber(order.number);
  const rows: [string, string][] = [
    ['Order', `\`${order.id}\``],
    ['Promise', order.delivery_sla],
    ['Lines', String(lineCount)],
    ['Total', `${order.total_amount} ${order.currency} (minor units)`],
    ['To', order.ship_country],
  ];
  return {
    workflow_id: orderWorkflowId(order.id),
    summary: `${order.number} · ${order.delivery_sla}`,
    details: [
      `**${order.number}**`,
      '',
      '| | |',
      '|---|---|',
      ...rows.map(([name, value]) => `| ${name} | ${value} |`),
    ].join('\n'),
    created_day,
    search_attributes: {OrderStatus: order.status, DeliverySla: order.delivery_sla, CreatedDay: created_day},
  };
}
