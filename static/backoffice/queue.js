// @ts-check
/** The queue in the page: which lines it holds, which one is read, which are selected. Knows no document and no wire. */

/** @typedef {import('./call.js').Line} Line @typedef {import('./call.js').Page} Page */

/** The oldest first. @param {Line} a @param {Line} b */
function compare(a, b) {
  if (a.posted_at !== b.posted_at) return a.posted_at < b.posted_at ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/** Whether what is told around one line holds for the other too. @param {Line | null} a @param {Line | null} b */
export function hasSameContext(a, b) {
  return a?.id === b?.id && a?.revision === b?.revision && a?.alarm === b?.alarm && String(a?.reports) === String(b?.reports);
}

export class Queue {
  /** @param {Page} first @param {{newestFirst?: boolean}} [order] */
  constructor(first, { newestFirst = false } = {}) {
    this.sign = newestFirst ? -1 : 1;
    /** @type {Line[]} */ this.lines = [...first.comments];
    this.next = first.next;
    /** @type {Set<string>} */ this.selected = new Set();
    /** @type {Set<string>} */ this.gone = new Set(); // ruled by somebody else while it is read here
    /** @type {Map<string, number>} */ this.ruled = new Map(); // by us: the count of rulings that was seen
    /** @type {string | null} */ this.currentId = this.#firstFree();
  }

  get current() { return this.lines.find((line) => line.id === this.currentId) ?? null; }

  get place() { return this.lines.findIndex((line) => line.id === this.currentId); }

  /** As the server's pages go on: alarms, then the oldest; a search shows the newest first. @param {Line} a @param {Line} b */
  #age(a, b) {
    if (this.sign === 1 && a.alarm !== b.alarm) return a.alarm ? -1 : 1;
    return this.sign * compare(a, b);
  }

  /** As they are read: alarms as they came, then, of what the server scored, what is most like earlier refusals first. @param {Line} a @param {Line} b */
  #compare(a, b) {
    if (this.sign === 1 && a.alarm && b.alarm) return 0; // the oldest alarm first, not the oldest comment
    return (a.alarm === b.alarm && (b.score ?? 0) - (a.score ?? 0)) || this.#age(a, b);
  }

  /** @param {string | null} id */
  read(id) {
    const left = this.currentId;
    this.currentId = id;
    if (left && left !== id && this.gone.has(left)) this.#forget([left]);
  }

  /** The next line, or the one before. @param {1 | -1} step */
  move(step) {
    const line = this.lines[this.place + step];
    if (line) this.read(line.id);
    return Boolean(line);
  }

  /** @param {string} id */
  toggle(id) {
    if (!this.selected.delete(id)) this.selected.add(id);
  }

  /** What nobody else reads is read first. */
  #firstFree() { return (this.lines.find((line) => !line.opened_by) ?? this.lines[0])?.id ?? null; }

  /** Select what is alike, wherever in the queue it waits. @param {Line[]} lines */
  select(lines) {
    for (const line of lines) {
      this.#renew(line);
      this.selected.add(line.id);
    }
  }

  /** Take lines out, since they are ruled on; the following one that nobody else reads is read next. @param {Line[]} taken */
  remove(taken) {
    for (const line of taken) this.ruled.set(line.id, line.rulings);
    const ids = new Set(taken.map((line) => line.id));
    if (this.currentId && ids.has(this.currentId)) {
      const [before, after] = [this.lines.slice(0, this.place), this.lines.slice(this.place + 1)];
      const left = (/** @type {Line} */ line) => !ids.has(line.id) && !this.gone.has(line.id);
      const following = after.find((line) => left(line) && !line.opened_by) ?? after.find(left) ?? before.reverse().find(left);
      this.currentId = following?.id ?? null;
    }
    this.#forget([...ids]);
  }

  /** A line is back, as it is now. @param {Line} line */
  putBack(line) {
    this.ruled.delete(line.id);
    this.gone.delete(line.id);
    this.#forget([line.id]);
    this.#insert(line);
    this.currentId ??= line.id;
  }

  /** What the server has at the head of the queue now. @param {Page} page @returns {boolean} whether the lines changed */
  merge(page) {
    const before = JSON.stringify(this.lines) + this.gone.size;
    const there = new Map(page.comments.map((line) => [line.id, line]));
    const last = page.next === null ? null : page.comments.reduce((one, other) => (this.#age(one, other) < 0 ? other : one));
    const isCovered = (/** @type {Line} */ line) => !last || this.#age(line, last) <= 0;
    const missing = this.lines.filter((line) => !there.has(line.id) && isCovered(line)).map((line) => line.id);
    this.#forget(missing.filter((id) => id !== this.currentId));
    if (this.currentId && missing.includes(this.currentId)) this.gone.add(this.currentId);
    for (const line of page.comments) this.#renew(line);
    this.currentId ??= this.#firstFree();
    return before !== JSON.stringify(this.lines) + this.gone.size;
  }

  /** A later page. @param {Page} page */
  append(page) {
    for (const line of page.comments) this.#renew(line);
    this.next = page.next;
  }

  /** What is read stays as it was seen: its text must not change before the eyes. @param {Line} line */
  #renew(line) {
    const seen = this.ruled.get(line.id);
    if (seen !== undefined && line.rulings <= seen) return; // an answer from before our ruling
    const at = this.lines.findIndex((one) => one.id === line.id);
    const known = this.lines[at];
    if (!known) this.#insert(line);
    else if (JSON.stringify(line) === JSON.stringify(known)) return; // the same object is the same line on the screen
    else if (line.id === this.currentId && (line.revision !== known.revision || line.rulings !== known.rulings)) this.gone.add(line.id);
    else if (line.alarm === known.alarm) this.lines[at] = line;
    else { // its place is another one now
      this.lines.splice(at, 1);
      this.#insert(line);
    }
  }

  /** @param {Line} line */
  #insert(line) {
    const at = this.lines.findIndex((one) => this.#compare(line, one) < 0);
    this.lines.splice(at < 0 ? this.lines.length : at, 0, line);
  }

  /** @param {string[]} ids */
  #forget(ids) {
    const dropped = new Set(ids);
    this.lines = this.lines.filter((line) => !dropped.has(line.id));
    for (const id of dropped) {
      this.selected.delete(id);
      this.gone.delete(id);
    }
  }
}
