// npm run model -- [--schedules N] [--seed S] [--path P] [--processes N] [--trace] [--json]
import {fileURLToPath} from 'node:url';
import {substitute} from './engine/substitute.ts';

substitute();
const {main} = await import('./run.ts');
process.exitCode = await main(process.argv.slice(2), fileURLToPath(import.meta.url));
