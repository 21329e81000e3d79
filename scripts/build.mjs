// npm run build: client, dist/ and the workflow bundle, as every other command makes them first.
import './lib/check-node.mjs';

const {createLog, main} = await import('./lib/log.mjs');
const {prepare} = await import('./lib/prepare.mjs');

await main(() => prepare(createLog(), {strict: true}));
