import pg from 'pg';
import {closeStore, openStore, type StoreContext} from '../../store/context.ts';
import {createVault} from '../../store/vault.ts';
import {createTestDatabase, type TestDatabase} from '../support/database.ts';

describe('the pool of connections', () => {
  let database: TestDatabase;
  let store: StoreContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    const vault = createVault({masterKey: '11'.repeat(32), indexKey: '22'.repeat(32)});
    store = openStore({databaseUrl: database.url, vault, now: () => new Date(), connections: 2});
  });
  afterAll(async () => {
    await closeStore(store);
    await database.drop();
  });

  it('outlives the end of a connection that is lent out and idle', async () => {
    const client = await store.pool.connect();
    const {rows} = await client.query<{pid: number}>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    const other = new pg.Client({connectionString: database.url});
    await other.connect();
    await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    // without a listener of its own the connection's error would be uncaught here
    await ended;
    await other.end();
    client.release(true);
    const again = await store.pool.query<{one: number}>('SELECT 1 AS one');
    expect(again.rows).toEqual([{one: 1}]);
  });
});
