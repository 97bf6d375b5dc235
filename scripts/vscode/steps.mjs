// Tells the steps of something that takes minutes: which of how many, and for how long it has been at it.

/** In a terminal the last line is written again every second; a log gets a line now and then. */
const pace = process.stderr.isTTY ? 1000 : 10_000;
const [before, after] = process.stderr.isTTY ? ['\r\u001b[K', ''] : ['', '\n'];

/**
 * @param {number} count of all steps
 * @returns {<T>(title: string, work: () => Promise<T>) => Promise<T>} takes the next step
 */
export function makeSteps(count) {
  let taken = 0;
  return async (title, work) => {
    const name = `  step ${++taken} of ${count}: ${title}`;
    const began = Date.now();
    const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
    process.stderr.write(`${before}${name}${after}`);
    const telling = setInterval(() => process.stderr.write(`${before}${name}, ${seconds()} so far${after}`), pace);
    try {
      const result = await work();
      process.stderr.write(`${before}${name}: done in ${seconds()}\n`);
      return result;
    } catch (error) {
      process.stderr.write(`${before}${name}: failed after ${seconds()}\n`);
      throw error;
    } finally {
      clearInterval(telling);
    }
  };
}
