// npm run lock [-- --check]
// npm leaves packages out of the lock whose platform its registry does not show it; `npm ci` then fails for
// everybody. This adds them by name. Run it after every `npm install`; --check only tells (exit 1).
import './lib/check-node.mjs';
import {writeFileSync} from 'node:fs';

const {lockFile, missingPlatforms, readLock} = await import('./lib/lock.mjs');

const lock = readLock();
const missing = missingPlatforms(lock);
if (missing.length === 0) {
  console.log('The lock is complete.');
} else if (process.argv.includes('--check')) {
  console.error(`The lock lacks ${missing.length} packages of other platforms: npm run lock`);
  for (const [path] of missing) console.error(`  ${path}`);
  process.exit(1);
} else {
  const all = Object.entries({...lock.packages, ...Object.fromEntries(missing)});
  lock.packages = Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`Added ${missing.length} packages of other platforms to the lock.`);
}
