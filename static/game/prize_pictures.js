// @ts-check
/** The pictures of prizes, in place of their signs: fetched only when the list of them comes into view. */
import { byId, make } from './dom.js';

/** @typedef {import('./types.js').Campaign} Campaign */

/** @type {Promise<void> | undefined} */ let seen;

/** @returns {Promise<void>} once somebody sees the list */
const whenSeen = () => seen ??= new Promise((done) => {
  new IntersectionObserver((news, eye) => {
    if (!news.some(({ isIntersecting }) => isIntersecting)) return;
    eye.disconnect();
    done();
  }).observe(byId('prizes'));
});

/** @param {string} id @param {number} side CSS pixels */
export const pictureOf = (id, side) => make('img', { src: `/pictures/${id}`, alt: '', width: String(side), height: String(side) });

/** Give every row of the list its picture, now or when it is seen. @param {Campaign} campaign */
export function hangPictures({ prizes }) {
  if (!prizes.some(({ picture }) => picture)) return;
  void whenSeen().then(() => {
    for (const { id, picture } of prizes) {
      if (!picture) continue;
      for (const sign of document.querySelectorAll(`[data-prize="${id}"] .badge`)) {
        if (sign.classList.contains('pictured')) continue;
        sign.classList.add('pictured');
        sign.replaceChildren(pictureOf(picture, 44));
      }
    }
  });
}
