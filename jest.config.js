import { availableParallelism } from 'node:os';

/** Tests run on the TypeScript sources; `npm run check` is what type-checks them. */
export default {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@yardmaster/local-github$': '<rootDir>/test/support/local-github.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/packages/*/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/packages/.*/dist/'],
  testEnvironment: '<rootDir>/test/support/environment.js',
  testSequencer: '<rootDir>/test/support/sequencer.js',
  // Jest leaves one processor free by default; most tests wait for git and sockets half of their time.
  maxWorkers: availableParallelism() + 1,
  // A worker that has grown is replaced: a large one takes long to start git, and modules of earlier tests are never freed.
  workerIdleMemoryLimit: '700MB',
  // Real git, real sockets and a busy machine: a test that hangs still ends.
  testTimeout: 60_000,
  coverageProvider: 'babel',
  reporters: ['default', '<rootDir>/test/support/usage-reporter.js'],
};
