// @ts-check
/** A sight that is pushed gathers speed: small corrections are slow, long ways are not. */

const SLOW = 260, FAST = 1500; // world pixels a second
const GATHER_SECONDS = 0.7;

/** World pixels a second. @param {number} since seconds that it has been pushed */
export const speedAfter = (since) => SLOW + (FAST - SLOW) * Math.min(1, since / GATHER_SECONDS) ** 2;
