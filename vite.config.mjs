import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {defineConfig} from 'vite';

/** Pages that run in browsers: one entry each. */
const ENTRIES = Object.fromEntries(
  ['desk/main.tsx', 'customer/main.tsx', 'floor/main.ts']
    .map((file) => [file.split('/')[0], `web/${file}`])
    .filter(([, file]) => existsSync(file)),
);

/** Beside each file its compressed twin, so that the server never compresses. */
const compressed = {
  name: 'compressed',
  writeBundle({dir}, files) {
    for (const name of Object.keys(files).filter((file) => /\.(js|css|svg|json)$/.test(file)))
      writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name)), {level: 9}));
  },
};

export default defineConfig({
  publicDir: false,
  logLevel: 'warn',
  plugins: [compressed],
  build: {
    outDir: 'dist/pages',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    rolldownOptions: {
      input: ENTRIES,
      // packages say "use client" to frameworks that we do not use
      onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
    },
  },
});
