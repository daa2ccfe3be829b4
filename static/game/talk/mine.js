// @ts-check
/**
 * Which comments are one's own: those that one is told of, and those that one was. An alias tells nothing, others may have
 * the same.
 */

/** @typedef {import('../keep.js').Keep} Keep */

const KEPT = 100; // ids

/** @param {Keep} keep @returns {string[]} */
function readMine(keep) {
  try {
    const { by, ids } = JSON.parse(keep.get('said') ?? '{}');
    return by === keep.get('alias') && Array.isArray(ids) ? ids : []; // another player's, once this one has moved away
  } catch {
    return [];
  }
}

export class Mine {
  /** @param {Keep} keep */
  constructor(keep) {
    this.keep = keep;
    this.ids = new Set(readMine(keep));
  }

  /** @param {string} id */
  has(id) { return this.ids.has(id); }

  /** The oldest are forgotten. @param {string[]} ids */
  learn(ids) {
    if (ids.every((id) => this.ids.has(id))) return;
    for (const id of ids) this.ids.add(id);
    this.keep.set('said', JSON.stringify({ by: this.keep.get('alias'), ids: [...this.ids].slice(-KEPT) }));
  }
}
