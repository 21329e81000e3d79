import pg from 'pg';
import {PARTITIONS} from '../../store/outbox.ts';

const LOCK_SPACE = 7_270;

/**
 * The outbox partitions this relay owns, as session-level advisory locks on a connection of its own: they go with the
 * connection, so a dead relay's orders are free at once.
 */
export class PartitionLocks {
  private client: pg.Client | null = null;
  private owned: number[] = [];
  private readonly databaseUrl: string;

  constructor(databaseUrl: string) {
    this.databaseUrl = databaseUrl;
  }

  /** Takes every partition that is free; returns all that are owned. */
  async claim(): Promise<readonly number[]> {
    const client = await this.connect();
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      if (this.owned.includes(partition)) continue;
      const {rows} = await client.query<{got: boolean}>('SELECT pg_try_advisory_lock($1, $2) AS got', [
        LOCK_SPACE,
        partition,
      ]);
      if (rows[0]?.got) this.owned.push(partition);
    }
    return this.owned;
  }

  /** Empty as soon as the connection that holds the locks is gone. */
  get partitions(): readonly number[] {
    return this.owned;
  }

  async release(): Promise<void> {
    const {client} = this;
    await client?.end().catch(() => undefined);
    if (client) this.forget(client);
  }

  private async connect(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = new pg.Client({connectionString: this.databaseUrl});
    client.on('error', () => this.forget(client));
    client.on('end', () => this.forget(client));
    this.client = client;
    await client.connect().catch((error: unknown) => {
      this.forget(client);
      throw error;
    });
    return client;
  }

  /** An older connection that ends late must not take the present one's locks with it. */
  private forget(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.owned = [];
  }
}
