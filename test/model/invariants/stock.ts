import {type Books, by, sum} from './books.ts';

const keyOf = (row: {warehouse_id: string; sku: string}) => `${row.sku}@${row.warehouse_id}`;

/** S1: what is on hand and on the road is what the moves explain, and lies in bins. S2: what is reserved is promised. */
export function stockIsExplained({stock, moves, bins, reservations}: Books): string[] {
  const moved = by(moves, keyOf);
  const binned = by(bins, keyOf);
  const promised = by(
    reservations.filter((r) => r.state === 'open'),
    keyOf,
  );
  return stock.flatMap((row) => {
    const key = keyOf(row);
    const own = moved.get(key);
    const compare = (what: string, has: number, should: number) =>
      has === should ? [] : [`${key}: ${has} ${what}, ${should} explained`];
    return [
      ...compare(
        'on hand',
        row.on_hand,
        sum(own, (m) => m.d_on_hand),
      ),
      ...compare(
        'in transit',
        row.in_transit,
        sum(own, (m) => m.d_in_transit),
      ),
      ...compare(
        'reserved by the moves',
        row.reserved,
        sum(own, (m) => m.d_reserved),
      ),
      ...compare(
        'reserved by promises',
        row.reserved,
        sum(promised.get(key), (r) => r.qty),
      ),
      ...compare(
        'in bins',
        row.on_hand,
        sum(binned.get(key), (b) => b.on_hand),
      ),
    ];
  });
}

/** S3: nothing negative, nothing promised that is not there. */
export function nothingIsNegative({stock, bins}: Books): string[] {
  return [
    ...stock
      .filter((s) => s.reserved < 0 || s.reserved > s.on_hand || s.in_transit < 0)
      .map((s) => `${keyOf(s)}: ${s.reserved} of ${s.on_hand} reserved, ${s.in_transit} on the road`),
    ...bins
      .filter((b) => b.assigned < 0 || b.assigned > b.on_hand)
      .map((b) => `${keyOf(b)}: bin ${b.bin} is overdrawn`),
  ];
}

/** S4: each unit of a line is in one place, and the parts of the order say the same. */
export function unitsAreInOnePlace({lines, parts, subs}: Books): string[] {
  const stages = new Map(subs.map((s) => [s.id, s.stage]));
  const partsOf = by(parts, (p) => p.line_id);
  return lines.flatMap((l) => {
    const placed =
      l.unallocated +
      l.reserved +
      l.picked +
      l.in_transit +
      l.delivered +
      l.lost +
      l.came_back +
      l.backordered +
      l.cancelled;
    const wrong = placed === l.qty ? [] : [`line ${l.id}: ${l.qty} ordered, ${placed} accounted for`];
    const own = partsOf.get(l.id);
    if (!own) return wrong;
    const waits = (backordered: boolean) =>
      sum(own, (p) =>
        (stages.get(p.sub_order_id) === 'BACKORDERED') === backordered ? p.qty - p.cancelled - p.picked : 0,
      );
    const pairs: [string, number, number][] = [
      ['reserved', l.reserved, waits(false)],
      ['backordered', l.backordered, waits(true)],
      ['picked', l.picked, sum(own, (p) => p.picked - p.shipped)],
      ['in transit', l.in_transit, sum(own, (p) => p.shipped - p.delivered - p.lost - p.came_back)],
      ['delivered', l.delivered, sum(own, (p) => p.delivered)],
      ['lost', l.lost, sum(own, (p) => p.lost)],
      ['back undelivered', l.came_back, sum(own, (p) => p.came_back)],
    ];
    const apart = pairs.filter(([, line, part]) => line !== part);
    return [...wrong, ...apart.map(([place, a, b]) => `line ${l.id}: ${a} ${place}, its parts say ${b}`)];
  });
}

/** S5: no more was sold than ever came in. */
export function soldUnitsExisted({lines, moves}: Books): string[] {
  const came = by(
    moves.filter((m) => m.kind === 'receive' || m.kind === 'adjust'),
    (m) => m.sku,
  );
  return [...by(lines, (l) => l.sku)].flatMap(([sku, own]) => {
    const sold = sum(own, (l) => l.reserved + l.picked + l.in_transit + l.delivered + l.lost);
    const existed = sum(came.get(sku), (m) => m.d_on_hand);
    return sold > existed ? [`${sku}: ${sold} sold, ${existed} ever came in`] : [];
  });
}

/** S6, at rest: what waits for nothing is promised nothing. */
export function endedLinesHoldNothing({reservations, lines}: Books): string[] {
  const open = by(
    reservations.filter((r) => r.state === 'open' && r.qty > 0),
    (r) => r.line_id,
  );
  return lines
    .filter((l) => l.reserved + l.picked === 0 && open.has(l.id))
    .map((l) => `line ${l.id} waits for nothing, but ${sum(open.get(l.id), (r) => r.qty)} units are promised to it`);
}

/** S7: a cause moves stock once. */
export function movesHaveOneCause({moves}: Books): string[] {
  return [...by(moves, (m) => m.cause)]
    .filter(([, own]) => own.length > 1)
    .map(([cause]) => `${cause} moved stock twice`);
}
