import Sequencer from '@jest/test-sequencer';

const LONG = /[\\/]test[\\/](?:scenarios|cli)[\\/]/;

/**
 * Tests that play with a whole GitHub or start processes come first. Jest goes by the time that a file took the last time; in
 * a fresh clone it knows of none and goes by size, which leaves short files with long lives for the end, where nothing is
 * left to run beside them.
 */
// oxlint-disable-next-line import/no-default-export -- Jest takes nothing else.
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [
      ...sorted.filter(({ path }) => LONG.test(path)),
      ...sorted.filter(({ path }) => !LONG.test(path)),
    ];
  }
}
