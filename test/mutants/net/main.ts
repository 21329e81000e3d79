/** The child process of one planted bug: one world, its stories, one answer to the parent. */
import {openNet} from './net-world.ts';
import {castNet, type Findings} from './run.ts';
import {storiesOf} from './stories/index.ts';

export interface NetAnswer {
  findings: Findings | null;
  /** milliseconds until the world stood, and until the answer was known */
  opened: number;
  took: number;
  /** milliseconds of processor time of the child alone */
  cpu: number;
}

const began = performance.now();

function answer(found: Pick<NetAnswer, 'findings' | 'opened'>): void {
  const {user, system} = process.cpuUsage();
  const took = Math.round(performance.now() - began);
  const message: NetAnswer = {...found, took, cpu: Math.round((user + system) / 1000)};
  console.log(JSON.stringify(message));
  if (process.send) process.send(message, () => process.exit(0));
  else process.exit(0);
}

try {
  const net = await openNet(process.env['NET_SQL']);
  const opened = Math.round(performance.now() - began);
  const parts = process.env['NET_STORIES']?.split(',') ?? [];
  const findings = await castNet(net, storiesOf(parts));
  answer({findings, opened});
} catch (error) {
  // a service that cannot even be opened, or a checker that cannot read what it finds
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  answer({findings: {violations: [], story: 'opening the shop', why}, opened: 0});
}
