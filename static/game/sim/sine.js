// @ts-check
/** A sine in integers, the same in both languages. Twin: server/simulation/sine.py. */

export const TURN_MASK = 16383; // angles are 1/16,384 of a turn

/** A whole turn in 1,024 steps, Q14: the rational approximation of Bhaskara I (7th century), floored. */
export const SINE = Int32Array.from({ length: 1024 }, (_, step) => {
  const i = step & 511;
  const value = Math.floor((16384 * 16 * i * (512 - i)) / (5 * 512 * 512 - 4 * i * (512 - i)));
  return step < 512 ? value : -value;
});
