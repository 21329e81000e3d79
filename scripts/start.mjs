import './lib/check-node.mjs';

const {main} = await import('./lib/log.mjs');
const {start} = await import('./lib/start.mjs');
await main(start);
