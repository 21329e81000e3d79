import type pg from 'pg';

export interface SeenParcel {
  id: string;
  tracking_number: string | null;
  status: string;
}

export interface SeenPart {
  id: string;
  stage: string;
  source_id: string | null;
  parcels: SeenParcel[];
  /** kinds of its open tasks */
  tasks: string[];
}

export interface SeenOrder {
  id: string;
  status: string;
  waiting_on: string | null;
  parts: SeenPart[];
}

const PAUSE = 70;

const QUERY = `SELECT o.id, o.status, o.waiting_on, coalesce((SELECT json_agg(json_build_object(
    'id', s.id, 'stage', s.stage, 'source_id', s.source_id,
    'parcels', (SELECT coalesce(json_agg(json_build_object('id', p.id, 'tracking_number', p.tracking_number,
      'status', p.status) ORDER BY p.position), '[]'::json) FROM parcels p WHERE p.sub_order_id = s.id AND p.state <> 'cancelled'),
    'tasks', (SELECT coalesce(json_agg(t.kind), '[]'::json) FROM tasks t
      WHERE t.sub_order_id = s.id AND t.state = 'open')) ORDER BY s.position)
  FROM sub_orders s WHERE s.order_id = o.id), '[]'::json) AS parts
  FROM orders o WHERE o.id = ANY($1)`;

/** One look at the database for all orders under way, instead of every one asking for itself. */
export class Lookout {
  private readonly waiting = new Map<string, ((seen: SeenOrder) => void)[]>();
  private readonly pool: pg.Pool;
  private stopped = false;
  private readonly running: Promise<void>;

  constructor(pool: pg.Pool) {
    this.pool = pool;
    this.running = this.run();
  }

  /** The order at the next look. */
  next(orderId: string): Promise<SeenOrder> {
    return new Promise((resolve) => {
      this.waiting.set(orderId, [...(this.waiting.get(orderId) ?? []), resolve]);
    });
  }

  stop(): Promise<void> {
    this.stopped = true;
    return this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const wanted = [...this.waiting.keys()];
      if (wanted.length > 0) {
        const {rows} = await this.pool.query<SeenOrder>(QUERY, [wanted]).catch(() => ({rows: []}));
        for (const row of rows) {
          const asked = this.waiting.get(row.id) ?? [];
          this.waiting.delete(row.id);
          for (const tell of asked) tell(row);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
