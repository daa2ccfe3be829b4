// @ts-check
/** After 45 minutes or 200 rulings without a pause somebody should look up. Kept in this page only, told to nobody. */
import { byId } from '../game/dom.js';

const MOST_MS = 45 * 60_000;
const MOST_RULINGS = 200;
const PAUSE_MS = 5 * 60_000; // who does nothing for so long has had one

export class Rest {
  /** @param {number} now milliseconds */
  constructor(now) {
    this.since = now;
    this.last = now;
    this.rulings = 0;
  }

  /** Something was done. @param {number} now @param {number} [rulings] @returns {boolean} whether a pause is due */
  work(now, rulings = 0) {
    if (now - this.last >= PAUSE_MS) this.begin(now);
    this.last = now;
    this.rulings += rulings;
    return this.rulings >= MOST_RULINGS || now - this.since >= MOST_MS;
  }

  /** @param {number} now */
  begin(now) {
    this.since = now;
    this.rulings = 0;
  }
}

export function remindOfRest() {
  const rest = new Rest(Date.now());
  const dialog = /** @type {HTMLDialogElement} */ (byId('rest'));
  return (/** @type {number} */ rulings) => {
    if (!rest.work(Date.now(), rulings) || dialog.open) return;
    rest.begin(Date.now());
    dialog.showModal();
  };
}
