// @ts-check
/** A draft's looks and words put on the page, without loading it again. */
import { lookOf } from '../art/look.js';
import { fetchPicture } from '../art/picture.js';
import { layers } from '../art/places.js';
import { accents } from './accents.js';

/** @typedef {import('./messages.js').Draft} Draft */
/**
 * `words` are the program's own in place of those that a campaign may replace.
 * @typedef {{boot: import('../types.js').Boot, texts: import('../texts.js').Texts, theatre: import('../theatre.js').Theatre,
 *   settings: import('../settings.js').Settings, words: Record<string, string>}} Hands
 */

const ICON = '/static/icons/popshot.svg';
const PARTS = ['palette', 'boss', 'scene', 'skins'];
const SHAPES = ['round', 'soft', 'sharp'], SCHEMES = ['auto', 'light', 'dark'];
const PICTURE = /^[0-9a-f]{64}$/;

/** What is shown, with what the form says put over it; a form shows one step, so the rest stays. @param {any} theme @param {any} [news] */
function merge(theme, news = {}) {
  const parts = Object.fromEntries(PARTS.map((part) => [part, { ...theme?.[part], ...news[part] }]));
  return { ...theme, ...news, ...parts, texts: { ...theme?.texts, ...news.texts } };
}

/** @param {unknown} id */
const addressOf = (id) => (typeof id === 'string' && PICTURE.test(id) ? `/pictures/${id}` : ICON);

export class Wardrobe {
  /** @param {Hands} hands */
  constructor(hands) {
    this.hands = hands;
    /** @type {any} */ this.theme = hands.boot.campaign.theme;
    this.worn = JSON.stringify(lookOf(this.theme));
    this.head = this.theme?.boss?.picture ?? null;
  }

  /** @param {Draft} draft */
  wear({ theme, titles, brand, scheme }) {
    this.theme = merge(this.theme, theme);
    this.#dressScene();
    this.#say(theme?.texts, titles, brand);
    if (scheme && SCHEMES.includes(scheme)) this.hands.settings.set('scheme', scheme);
  }

  #dressScene() {
    const look = lookOf(this.theme), head = PICTURE.test(this.theme.boss.picture ?? '') ? this.theme.boss.picture : null;
    const { dataset } = document.body;
    Object.assign(dataset, { place: look.place, time: look.time, shape: SHAPES.includes(this.theme.shape) ? this.theme.shape : 'round' });
    document.querySelector('.brand img')?.setAttribute('src', addressOf(this.theme.logo));
    if (this.worn === JSON.stringify(look) && this.head === head) return;
    this.worn = JSON.stringify(look);
    this.#redraw(look, head);
  }

  /** @param {import('../art/look.js').Look} look @param {string | null} head the id of the boss's picture */
  #redraw(look, head) {
    const { theatre, settings } = this.hands;
    for (const [name, colour] of Object.entries(accents(look))) document.documentElement.style.setProperty(name, colour);
    for (const [name, body] of layers(look)) {
      const layer = document.querySelector(`.layer.${name}`);
      if (layer) layer.innerHTML = body; // our own drawing: a look is nothing but colours and words of a list
    }
    theatre.theme = { ...this.theme, boss: { ...this.theme.boss, picture: head } };
    if (this.head !== head) theatre.picture = fetchPicture(theatre.theme);
    this.head = head;
    void theatre.repaint(settings.get('colours')).then(() => { document.body.dataset.worn = String(Number(document.body.dataset.worn ?? 0) + 1); });
  }

  /** @param {Record<string, Record<string, string>>} [own] by locale @param {Record<string, string>} [titles] @param {string} [brand] */
  #say(own, titles, brand) {
    const { boot, texts, words } = this.hands;
    if (own) texts.learn({ ...words, ...filled(own[texts.locale] ?? {}, words) });
    const title = titles && (titles[texts.locale] || Object.values(titles).find(Boolean));
    if (title) boot.campaign.title = title;
    if (brand) boot.campaign.brand = brand;
    put('#start .eyebrow', boot.campaign.title);
    put('.brand span', boot.campaign.brand);
    put('#start > h1', texts.say('start.title'));
    put('#start > .lead', texts.say('start.lead'));
    document.title = `${boot.campaign.title} · ${boot.campaign.brand}`;
  }
}

/** What is written of what may be replaced. @param {Record<string, string>} own @param {Record<string, string>} words */
const filled = (own, words) => Object.fromEntries(Object.entries(own).filter(([key, text]) => key in words && text));

/** @param {string} where @param {string} text */
function put(where, text) {
  const place = document.querySelector(where);
  if (place && place.textContent !== text) place.textContent = text;
}
