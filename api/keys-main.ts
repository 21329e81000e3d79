/** `npm run keys`: API keys of a deployment. A key is shown once, when it is made; the database keeps its hash. */
import {runKeys} from './keys-command.ts';
import {runCommand} from './open-command.ts';

await runCommand(runKeys);
