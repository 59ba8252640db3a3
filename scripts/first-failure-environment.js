import Environment from '../test/support/environment.js';

/** Leaves the rest of a file out once one of its tests has failed: that is all that has to be known of a planted bug. */
// oxlint-disable-next-line import/no-default-export -- Jest takes nothing else.
export default class FirstFailureEnvironment extends Environment {
  #hasFailed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure') this.#hasFailed = true;
    if (name === 'test_start' && this.#hasFailed) test.mode = 'skip';
  }
}
