/** `npm run codes`: what codes of carriers mean, from CSV files. */
import {runCodes} from './codes-command.ts';
import {runCommand} from './open-command.ts';

await runCommand(runCodes);
