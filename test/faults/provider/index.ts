import {startWorld} from '../../support/world.ts';
import {openShop} from '../../support/shop.ts';
import {violationsAtRest} from '../../support/books.ts';
import type {CellViolation} from '../judge.ts';
import type {Say} from '../run-matrix.ts';
import {policyOf} from '../worlds.ts';
import {CARRIER_CELLS} from './carrier-cells.ts';
import {Scene} from './scene.ts';
import {STRIPE_CELLS} from './stripe-cells.ts';

export const PROVIDER_CELLS = [...STRIPE_CELLS, ...CARRIER_CELLS];

export interface ProviderReport {
  provider_cells: number;
  violations: CellViolation[];
}

/** The neighbours' bad days, one after the other; faults of an emulator strike whichever order comes first. */
export async function runProviderCells(say: Say, only = ''): Promise<ProviderReport> {
  const cells = PROVIDER_CELLS.filter(({id}) => id.startsWith(only));
  const warnings: string[] = [];
  const warn = (_fields: object, message: string) => void warnings.push(message);
  const world = await startWorld({policy: policyOf('plain'), relay: (parts) => ({...parts, log: {warn}})});
  const violations: CellViolation[] = [];
  try {
    await openShop(world.api);
    const scene = new Scene(world, warnings);
    for (const {id, run} of cells) {
      const began = Date.now();
      const trouble = await run(scene).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      await scene.struck('stripe');
      await scene.struck('carrier');
      if (trouble !== null) violations.push({cell: id, id: id.slice(0, 3), subject: '', sentence: trouble});
      say(
        `${trouble === null ? '·' : '✗'} ${id}, ${((Date.now() - began) / 1000).toFixed(1)} s${trouble ? `: ${trouble}` : ''}`,
      );
    }
    for (const found of await violationsAtRest(world)) violations.push({cell: '', ...found});
  } finally {
    await world.close();
  }
  say(`provider cells: ${cells.length}, ${violations.length} violations`);
  return {provider_cells: cells.length, violations};
}
