/** Tests run on the TypeScript sources; `npm run check` is what type-checks them. */
export default {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@yardmaster/local-github$': '<rootDir>/packages/local-github/src/index.ts',
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
  testEnvironment: 'node',
  coverageProvider: 'babel',
};
