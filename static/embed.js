// @ts-check
// The game in any page: <script src="https://…/embed.js" data-campaign="slug" async></script>. See docs/embed.md.
'use strict';
{ // a block of its own: nothing but `popshot` is added to the page
  /** @typedef {'ready' | 'started' | 'finished' | 'won'} Type */
  /** @typedef {{type: Type, campaign: string, frame: HTMLIFrameElement, title?: string, score?: number, prizes?: string[]}} Told */
  /** @typedef {{campaign?: string, lang?: string, at?: string, sandbox?: string}} Wishes */
  /** @typedef {{origin: string, campaign: string, width: number, height: number, isReady?: boolean}} Known */
  /** @type {Record<string, string>} */
  const TITLES = { en: 'Play the game', fr: 'Jouer au jeu', de: 'Das Spiel spielen', es: 'Jugar al juego', it: 'Gioca', nl: 'Speel het spel' };
  const LEAST = 480, WIDE = 560, USUAL = 680, AROUND = 60; // CSS pixels; a narrower frame is a phone held upright
  /** @type {Map<HTMLIFrameElement, Known>} */ const frames = new Map();
  /** @type {{type: Type, hear: (told: Told) => void}[]} */ let hearers = [];
  const page = /** @type {any} */ (window), script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const home = script ? new URL('.', script.src).href : '';

  /** Sandboxed: what such a frame tells comes from the origin "null". @param {HTMLIFrameElement} frame */
  const hasNoOrigin = (frame) => frame.hasAttribute('sandbox') || self.origin === 'null';

  /** @param {HTMLIFrameElement} frame @param {Known} known @param {number} height */
  function resize(frame, known, height) {
    known.height = Math.round(height);
    frame.style.height = `${known.height}px`;
    if (known.isReady) tellRoom(frame, known);
  }

  /** @param {HTMLIFrameElement} frame @param {Known} known */
  function tellRoom(frame, { origin, width, height }) {
    const room = { popshot: 1, type: 'room', width, height, most: innerHeight };
    frame.contentWindow?.postMessage(room, hasNoOrigin(frame) ? '*' : origin);
  }

  /** Take the height before the game comes, anew for each width only: so nothing moves later. @param {HTMLIFrameElement} frame @param {Known} known */
  function reserve(frame, known) {
    const width = frame.clientWidth;
    if (!width || width === known.width) return;
    known.width = width;
    resize(frame, known, Math.max(LEAST, Math.min(width < WIDE ? width * 16 / 9 : USUAL, innerHeight - AROUND)));
  }

  /** @param {HTMLIFrameElement} frame @param {Known} known @param {any} data */
  function take(frame, known, { type, title, score, prizes, height }) {
    if (type === 'ready') {
      known.isReady = true;
      frame.title = String(title ?? frame.title);
      tellRoom(frame, known);
    }
    const isUnseen = frame.getBoundingClientRect().bottom >= innerHeight; // then what follows is below the screen's edge
    const wish = Math.min(height ?? 0, innerHeight);
    if (type === 'height' && isUnseen && wish > known.height) resize(frame, known, wish);
    for (const one of hearers) if (one.type === type) {
      try { one.hear({ type, campaign: known.campaign, frame, title, score, prizes }); } catch (problem) { reportError(problem); }
    }
  }

  /** What a window tells: only one of our frames, and only while our game is in it. @param {MessageEvent} event */
  function hear({ source, origin, data }) {
    for (const [frame, known] of frames) {
      if (!source || frame.contentWindow !== source) continue;
      if (origin !== known.origin && !(origin === 'null' && hasNoOrigin(frame))) continue;
      if (data?.popshot === 1) take(frame, known, data);
    }
  }

  /** Put the game into an element of any document or shadow root. @param {HTMLElement} element @param {Wishes} [wishes] else its data-… */
  function mount(element, wishes = {}) {
    const { campaign = '', lang, at = home, sandbox } = { .../** @type {Wishes} */ (element.dataset), ...wishes };
    const around = /** @type {HTMLElement | null} */ (element.closest('[lang]')) ?? document.documentElement;
    const spoken = (lang || around.lang).split('-')[0].toLowerCase();
    const address = new URL(`e/${encodeURIComponent(campaign)}`, at);
    if (spoken) address.searchParams.set('lang', spoken);
    const frame = document.createElement('iframe');
    Object.assign(frame, { title: TITLES[spoken] ?? TITLES.en, loading: 'lazy', referrerPolicy: 'strict-origin-when-cross-origin',
      allow: 'autoplay; clipboard-write; fullscreen; gamepad; web-share' });
    if (sandbox) frame.setAttribute('sandbox', sandbox);
    Object.assign(frame.style, { display: 'block', width: '100%', border: '0' }); // by script: a strict page refuses the attribute
    frame.src = address.href;
    /** @type {Known} */ const known = { origin: address.origin, campaign, width: 0, height: 0 };
    frames.set(frame, known);
    element.append(frame);
    reserve(frame, known);
    new ResizeObserver(() => reserve(frame, known)).observe(frame);
    return frame;
  }

  /** Hear what every frame tells. @param {Type} type @param {(told: Told) => void} hear @returns {() => void} ends it */
  function on(type, hear) {
    const one = { type, hear };
    hearers.push(one);
    return () => { hearers = hearers.filter((other) => other !== one); };
  }

  if (!page.popshot?.mount) { // loaded again, it only adds its own frame; an element of that id is no game
    page.popshot = { mount, on };
    addEventListener('message', hear);
    dispatchEvent(new Event('popshot'));
  }
  if (script?.dataset.campaign) {
    const place = document.createElement('div');
    script.after(place);
    page.popshot.mount(place, { ...script.dataset, at: home });
  }
}
