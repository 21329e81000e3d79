export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {jsc: {target: 'es2023', parser: {syntax: 'typescript'}}, module: {type: 'es6'}, sourceMaps: 'inline'},
    ],
  },
  testMatch: ['**/*.test.ts', '**/test/scripts/*.test.mjs'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.data'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.data'],
  globalSetup: './test/support/global-setup.mjs',
  globalTeardown: './test/support/global-teardown.mjs',
  maxWorkers: 2,
  workerIdleMemoryLimit: '700MB',
  testTimeout: 60000,
};
