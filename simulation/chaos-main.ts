/** npm run chaos: exit code 0 sound, 1 not sound or void, 130 stopped. */
import {readChaosOptions, USAGE} from './chaos/options.ts';
import {type ChaosReport, runChaos} from './chaos/run.ts';
import {Stopped} from './clock.ts';
import {closeConnections} from './http.ts';
import {Trouble} from './options.ts';
import {createProgress} from './progress.ts';
import {summary} from './report.ts';

async function main(): Promise<number> {
  const options = readChaosOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const progress = createProgress();
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  try {
    const report = await runChaos(options, progress, controller.signal);
    for (const line of [...summary(report), ...more(report)]) console.log(line);
    if (options.json) console.log(JSON.stringify(report));
    return report.violations.length > 0 || report.void ? 1 : 0;
  } catch (error) {
    if (error instanceof Stopped) return 130;
    throw error;
  } finally {
    closeConnections();
  }
}

function more(report: ChaosReport): string[] {
  const counts = (record: Record<string, number>) =>
    Object.entries(record)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const {X1, X2, X3, X4} = report.sometimes;
  return [
    `killed        ${report.kills} times: ${counts(report.kills_by_name)}`,
    `disturbed     ${report.disturbed_seconds} s, the last order ended ${report.healed_after_seconds} s later`,
    `X1 faults     ${counts(X1)}`,
    `X2 recovery   ${counts(X2)}`,
    `X3 ended      ${counts(X3)}`,
    `X4 races      ${counts(X4)}`,
    ...(report.histories === undefined ? [] : [`histories     ${report.histories} stored`]),
    ...(report.void ? [`void          ${report.void}`] : []),
  ];
}

try {
  process.exitCode = await main();
} catch (error) {
  const told = error instanceof Trouble || (error as Error)?.constructor?.name === 'Trouble';
  console.error(told ? `\n${(error as Error).message}\n` : error);
  process.exitCode = 1;
}
