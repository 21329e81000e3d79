// npm run model -- [--schedules N] [--seed S] [--path P] [--trace] [--json]
import {substitute} from './engine/substitute.ts';

substitute();
const {main} = await import('./run.ts');
process.exitCode = await main(process.argv.slice(2));
