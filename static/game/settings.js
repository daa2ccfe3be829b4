// @ts-check
/** What a player has wished for, remembered for the next visit. None of it changes a rule, none reaches the server. */

/** @typedef {import('./keep.js').Keep} Keep */

/** Every wish with what it may be, the first unless asked otherwise. */
export const CHOICES = /** @type {const} */ ({
  sound: ['on', 'off'],
  tune: ['on', 'off'],
  motion: ['auto', 'less', 'full'], // auto: as the device is set
  colours: ['brand', 'distinct'], // distinct: Okabe and Ito's palette, told apart by every kind of sight
  scheme: ['auto', 'light', 'dark'],
  aim: ['free', 'one-button'], // one-button: the sight sweeps by itself, any press shoots
  gifts: ['aim', 'press'], // press: a button opens the gift on the field, no aiming needed
});

/** @typedef {keyof typeof CHOICES} Wish @typedef {(wish: Wish, value: string) => void} Listener */

export class Settings {
  /** @param {Keep} keep @param {boolean} [wantsLess] whether the device asks for less motion */
  constructor(keep, wantsLess = false) {
    this.keep = keep;
    this.wantsLess = wantsLess;
    /** @type {Listener[]} */ this.listeners = [];
  }

  /** @param {Wish} wish @returns {string} */
  get(wish) {
    const kept = this.keep.get(`wish.${wish}`) ?? '';
    return /** @type {readonly string[]} */ (CHOICES[wish]).includes(kept) ? kept : CHOICES[wish][0];
  }

  /** @param {Wish} wish @param {string} value one of its choices */
  set(wish, value) {
    this.keep.set(`wish.${wish}`, value);
    for (const listener of this.listeners) listener(wish, this.get(wish));
  }

  /** Be told of every change. @param {Listener} listener */
  onChange(listener) { this.listeners.push(listener); }

  /** No shake, no parallax, no flash, a quarter of the particles. */
  get hasLessMotion() {
    const motion = this.get('motion');
    return motion === 'less' || (motion === 'auto' && this.wantsLess);
  }
}

/**
 * Let the page's styles know: `data-motion` is 'less' or 'full', `data-scheme` is there when it is not the device's.
 * @param {Settings} settings @param {{dataset: DOMStringMap}} [root]
 */
export function dress(settings, root = document.documentElement) {
  const put = () => {
    root.dataset.motion = settings.hasLessMotion ? 'less' : 'full';
    const scheme = settings.get('scheme');
    if (scheme === 'auto') delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
  };
  put();
  settings.onChange(put);
}
