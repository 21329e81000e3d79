import {calm, disturb} from './disturb.ts';
import type {Cell} from './catalogue.ts';
import {type CellViolation, judge} from './judge.ts';
import {type CellResult, runCells} from './run-cells.ts';
import {openFaultWorld} from './worlds.ts';

export interface PartOptions {
  onEnd: (result: CellResult) => void;
  must_fire: boolean;
  /** real milliseconds until an order must have ended */
  patience?: number;
  /** the neighbours misbehave all the while */
  seed?: number | undefined;
}

export interface PartResult {
  results: CellResult[];
  violations: CellViolation[];
  excused: CellViolation[];
  /** how often the neighbours misbehaved */
  disturbed?: Record<string, number>;
}

export type Part = (cells: readonly Cell[], options: PartOptions) => Promise<PartResult>;

const AT_ONCE = 16;

export const runTogether: Part = async (cells, {seed, ...options}) => {
  const {world, boundary, frontOf, close} = await openFaultWorld(cells);
  try {
    if (seed !== undefined) await disturb(world, seed);
    const results = await runCells(world, {...options, cells, boundary, frontOf, at_once: AT_ONCE});
    const disturbed = await calm(world);
    return {results, ...(await judge(world, results, options)), disturbed};
  } finally {
    await close();
  }
};

/** All cells wait at their fault; when the last one is there, a day and an hour pass for all of them at once. */
export const runOverADay: Part = async (cells, {seed, ...options}) => {
  const {world, boundary, frontOf, passDay, close} = await openFaultWorld(cells);
  const ended = new Set<string>();
  const waits = () => cells.filter((c) => boundary.get(c.id).armed.some((f) => f.parked && !f.fired)).length;
  let running = true;
  const gate = async () => {
    while (running) {
      const waiting = waits();
      if (waiting > 0 && waiting + ended.size >= cells.length) await passDay();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const watching = gate();
  try {
    if (seed !== undefined) await disturb(world, seed);
    const onEnd = (result: CellResult) => {
      ended.add(result.cell.id);
      options.onEnd(result);
    };
    const all = {...options, cells, boundary, frontOf, onEnd, at_once: cells.length, stagger: STAGGER};
    const results = await runCells(world, all);
    const disturbed = await calm(world);
    return {results, ...(await judge(world, results, options)), disturbed};
  } finally {
    running = false;
    await watching;
    await close();
  }
};

/** Real milliseconds between the starts of orders that all wait for each other. */
const STAGGER = 150;
