import base from './jest.config.js';

/** Tests that look at what the app writes in a browser: `npm run test:browser`. `npm test` needs none and leaves them out. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.browser.ts'],
  maxWorkers: 1,
  reporters: ['default'],
};
