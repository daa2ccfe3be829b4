// @ts-check
/** As much of a page as the talk touches, for tests without a browser. */

class Bit {
  /** @param {string} text */
  constructor(text) { this.textContent = text; }
  remove() { /* text leaves with its place */ }
}

export class Item extends EventTarget {
  /** @param {string} tag */
  constructor(tag) {
    super();
    this.tag = tag;
    /** @type {any[]} */ this.inside = [];
    /** @type {Map<string, string>} */ this.traits = new Map();
    /** @type {Item | null} */ this.parentElement = null;
    Object.assign(this, { value: '', disabled: false, readOnly: false, dataset: {}, title: '' });
    this.classList = { toggle: (/** @type {string} */ name, /** @type {boolean} */ isOn) => this.setAttribute('class', [...this.classes.filter((one) => one !== name), ...(isOn ? [name] : [])].join(' ')) };
  }

  get classes() { return (this.traits.get('class') ?? '').split(' '); }

  get id() { return this.traits.get('id') ?? ''; }

  get hidden() { return this.traits.has('hidden'); }

  set hidden(is) { this.toggleAttribute('hidden', is); }

  /** @returns {Item[]} */
  get children() { return this.inside.filter((one) => one instanceof Item); }

  get firstElementChild() { return this.children[0] ?? null; }

  /** @returns {Item | null} */
  get lastElementChild() { return this.children.at(-1) ?? null; }

  /** @returns {Item | null} */
  get nextElementSibling() { return this.parentElement?.children[this.parentElement.children.indexOf(this) + 1] ?? null; }

  /** @returns {Item | null} */
  get previousElementSibling() { return this.parentElement?.children[this.parentElement.children.indexOf(this) - 1] ?? null; }

  get isConnected() { return /** @type {any} */ (globalThis.document).body.contains(this); }

  get textContent() { return this.inside.map((one) => one.textContent).join(''); }

  set textContent(text) { this.replaceChildren(text); }

  /** @param {string} name @param {string} value */
  setAttribute(name, value) { this.traits.set(name, value); }

  /** @param {string} name @param {boolean} is */
  toggleAttribute(name, is) { if (is) this.traits.set(name, ''); else this.traits.delete(name); }

  /** @param {string} name */
  getAttribute(name) { return this.traits.get(name) ?? null; }

  /** @param {any[]} inside */
  append(...inside) { for (const one of inside) this.insertBefore(one, null); }

  /** @param {any[]} inside */
  replaceChildren(...inside) {
    for (const one of [...this.inside]) one.remove();
    this.inside = [];
    this.append(...inside);
  }

  /** @param {any} one @param {any} next */
  insertBefore(one, next) {
    const item = typeof one === 'string' ? new Bit(one) : one;
    item.remove();
    item.parentElement = this;
    this.inside.splice(next ? this.inside.indexOf(next) : this.inside.length, 0, item);
  }

  /** @param {any} one */
  before(one) { this.parentElement?.insertBefore(one, this); }

  /** What had the focus has it no more. */
  remove() {
    const { document } = /** @type {any} */ (globalThis);
    if (document && this.contains(document.activeElement)) document.activeElement = document.body;
    if (this.parentElement) this.parentElement.inside = this.parentElement.inside.filter((one) => one !== this);
    this.parentElement = null;
  }

  /** @param {any} one @returns {boolean} */
  contains(one) { return one === this || this.children.some((child) => child.contains(one)); }

  /** @param {string} wanted a tag, a class, an id or an attribute, or several of these @returns {Item[]} */
  querySelectorAll(wanted) {
    const fits = (/** @type {Item} */ item) => wanted.split(', ').some((one) => (one.startsWith('[') ? one === `[data-act="${item.traits.get('data-act')}"]`
      : one.startsWith('.') ? item.classes.includes(one.slice(1)) : one === item.tag || one === `#${item.id}`));
    return this.children.flatMap((child) => [...(fits(child) ? [child] : []), ...child.querySelectorAll(wanted)]);
  }

  /** @param {string} wanted */
  querySelector(wanted) { return this.querySelectorAll(wanted)[0] ?? null; }

  closest() { return null; }

  /** Nothing that is away takes it. */
  focus() { if (this.isConnected) /** @type {any} */ (globalThis.document).activeElement = this; }

  click() { if (!(/** @type {any} */ (this).disabled)) this.dispatchEvent(new Event('click')); }
}

/** @param {string} tag @param {Record<string, string>} traits @param {...any} inside */
export function item(tag, traits = {}, ...inside) {
  const made = new Item(tag);
  for (const [name, value] of Object.entries(traits)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** The page with the talk's places takes the place of what there was. */
export function openPage() {
  const body = item('body', {},
    item('div', { id: 'composer' }, item('textarea', { id: 'comment' }), item('small', { class: 'hint', id: 'comment-hint' }), item('button', { class: 'send' }), item('p', { class: 'note', id: 'comment-note', hidden: '' })),
    item('ul', { id: 'talk' }), item('p', { id: 'talk-empty', hidden: '' }, 'Nobody yet'), item('button', { id: 'talk-more', hidden: '' }), item('p', { id: 'talk-spoken' }), item('section', { id: 'comments' }));
  const page = { body, head: item('head'), activeElement: body, createElement: (/** @type {string} */ tag) => new Item(tag), createElementNS: (/** @type {string} */ _, /** @type {string} */ tag) => new Item(tag),
    getElementById: (/** @type {string} */ id) => body.querySelector(`#${id}`), querySelectorAll: () => [] };
  const line = new EventTarget(), location = { origin: 'https://popshot.example' };
  const heard = Object.fromEntries(['addEventListener', 'removeEventListener', 'dispatchEvent'].map((name) => [name, /** @type {any} */ (line)[name].bind(line)]));
  Object.assign(globalThis, { document: page, location, Node: Item, ...heard });
  return /** @type {any} */ (page);
}

/** Let all that waits for nothing but promises go on. @returns {Promise<void>} */
export const settle = () => new Promise((done) => { setImmediate(done); });

/** What is asked for, each answered by hand: `answers[n].resolve` or `.reject`. */
export function hold() {
  /** @type {{resolve: (answer: any) => void, reject: (problem: unknown) => void}[]} */ const answers = [];
  /** @returns {Promise<any>} */
  const ask = () => new Promise((resolve, reject) => { answers.push({ resolve, reject }); });
  return { answers, ask };
}
