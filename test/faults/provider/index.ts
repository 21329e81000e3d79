import {startWorld} from '../../support/world.ts';
import {openShop} from '../../support/shop.ts';
import {violationsAtRest} from '../../support/books.ts';
import type {CellViolation} from '../judge.ts';
import type {Say} from '../run-matrix.ts';
import {policyOf} from '../worlds.ts';
import {CARRIER_CELLS} from './carrier-cells.ts';
import {COLLECTION_CELLS} from './collection-cells.ts';
import {REFUND_CELLS} from './refund-cells.ts';
import {type ProviderCell, Scene} from './scene.ts';
import {STRIPE_CELLS} from './stripe-cells.ts';

/** Real milliseconds in which everything must come to rest. */
const PATIENCE = 120_000;

export interface ProviderReport {
  provider_cells: number;
  violations: CellViolation[];
}

/** The neighbours' bad days: each neighbour has a world, refunds have one of their own, and in it one bad day follows the other. */
export async function runProviderCells(say: Say, only = ''): Promise<ProviderReport> {
  const wanted = [STRIPE_CELLS, REFUND_CELLS, [...CARRIER_CELLS, ...COLLECTION_CELLS]].map((cells) =>
    cells.filter(({id}) => id.includes(only)),
  );
  const found = await Promise.all(wanted.filter((cells) => cells.length > 0).map((cells) => runInWorld(say, cells)));
  const violations = found.flat();
  const many = wanted.flat().length;
  say(`provider cells: ${many}, ${violations.length} violations`);
  return {provider_cells: many, violations};
}

async function runInWorld(say: Say, cells: readonly ProviderCell[]): Promise<CellViolation[]> {
  const warnings: string[] = [];
  const warn = (_fields: object, message: string) => void warnings.push(message);
  const world = await startWorld({policy: policyOf('plain'), relay: (parts) => ({...parts, log: {warn}})});
  try {
    await openShop(world.api);
    const scene = new Scene(world, warnings);
    const violations: CellViolation[] = [];
    for (const cell of cells) {
      const trouble = await troubleOf(scene, cell);
      say(`${trouble === null ? '·' : '✗'} ${cell.id}${trouble === null ? '' : `: ${trouble}`}`);
      if (trouble !== null) violations.push({cell: cell.id, id: cell.id.slice(0, 3), subject: '', sentence: trouble});
    }
    return [...violations, ...(await violationsAtRest(world, [], PATIENCE)).map((v) => ({cell: '', ...v}))];
  } finally {
    await world.close();
  }
}

/** What went wrong, in words; the neighbours behave again afterwards. */
async function troubleOf(scene: Scene, {run}: ProviderCell): Promise<string | null> {
  const trouble = await run(scene).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  await scene.struck('stripe');
  await scene.struck('carrier');
  return trouble;
}
