import type {Cell} from './catalogue.ts';
import {type CellViolation, judge} from './judge.ts';
import {type CellResult, runCells} from './run-cells.ts';
import {openFaultWorld} from './worlds.ts';

export interface Report {
  cells: number;
  fired: number;
  not_fired: string[];
  violations: CellViolation[];
}

export type Say = (line: string) => void;

const AT_ONCE = 16;

/** Runs single-fault cells: those that kill processes, those that wait for a day, and all the others, each in a world of its own. */
export async function runMatrix(cells: readonly Cell[], say: Say): Promise<Report> {
  const day = cells.filter((c) => c.strikes.some((s) => s.kind === 'F5'));
  const kill = cells.filter((c) => c.strikes.some((s) => s.kind === 'F3'));
  const rest = cells.filter((c) => !day.includes(c) && !kill.includes(c));
  const report: Report = {cells: cells.length, fired: 0, not_fired: [], violations: []};
  await part('F1 F2 F4 F6', rest, report, say, runTogether);
  await part('F5', day, report, say, runOverADay);
  return report;
}

type OnEnd = (result: CellResult) => void;
type Part = (cells: readonly Cell[], onEnd: OnEnd) => Promise<{results: CellResult[]; violations: CellViolation[]}>;

async function part(name: string, cells: readonly Cell[], report: Report, say: Say, run: Part): Promise<void> {
  if (cells.length === 0) return;
  const began = Date.now();
  const took = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  const onEnd: OnEnd = ({cell, fired, trouble}) =>
    say(
      `${trouble === null && fired ? '·' : '✗'} ${cell.id} at ${took()}${fired ? '' : ', never struck'}${trouble ? `: ${trouble}` : ''}`,
    );
  const {results, violations} = await run(cells, onEnd);
  const fired = results.filter((r) => r.fired);
  report.fired += fired.length;
  report.not_fired.push(...results.filter((r) => !r.fired).map((r) => r.cell.id));
  report.violations.push(...violations);
  const seconds = Math.round((Date.now() - began) / 1000);
  say(`${name}: ${results.length} cells, ${fired.length} fired, ${violations.length} violations, ${seconds} s`);
}

const runTogether: Part = async (cells, onEnd) => {
  const {world, boundary, frontOf, close} = await openFaultWorld(cells);
  try {
    const results = await runCells(world, {cells, boundary, frontOf, at_once: AT_ONCE, onEnd});
    return {results, violations: await judge(world, results)};
  } finally {
    await close();
  }
};

/** All cells wait at their fault; when the last one is there, a day and an hour pass for all of them at once. */
const runOverADay: Part = async (cells, onEnd) => {
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
    const end = (result: CellResult) => {
      ended.add(result.cell.id);
      onEnd(result);
    };
    const results = await runCells(world, {cells, boundary, frontOf, at_once: cells.length, onEnd: end});
    return {results, violations: await judge(world, results)};
  } finally {
    running = false;
    await watching;
    await close();
  }
};
