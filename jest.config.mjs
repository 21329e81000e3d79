/** How a source becomes a module. */
const compiled = (parser) => [
  '@swc/jest',
  {
    jsc: {target: 'es2023', parser: {syntax: 'typescript', ...parser}, transform: {react: {runtime: 'automatic'}}},
    module: {type: 'es6'},
    sourceMaps: 'inline',
  },
];

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {'^.+\\.ts$': compiled({}), '^.+\\.tsx$': compiled({tsx: true})},
  testMatch: ['**/*.test.ts', '**/*.test.tsx', '**/test/scripts/*.test.mjs'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.data'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.data'],
  globalSetup: './test/support/global-setup.mjs',
  globalTeardown: './test/support/global-teardown.mjs',
  maxWorkers: 2,
  workerIdleMemoryLimit: '700MB',
  testTimeout: 60000,
};
