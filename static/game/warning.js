// @ts-check
/** Before a round that may win something: that whoever is new here will be new again. In frames framed.js has said it. */
import { byId, make } from './dom.js';

/** @param {import('./game.js').Parts} parts */
export async function warn({ boot: { campaign, slug }, texts, api }) {
  if (campaign.state !== 'open' || !campaign.prizes.length) return;
  const told = document.getElementById('fleeting');
  if (told) {
    told.hidden = false; // by framed.js, unless the window's name is a page's of another kind
    return;
  }
  texts.learn(await api.words(slug, 'keep'));
  byId('play').after(make('p', { class: 'fine fleeting', id: 'fleeting' }, texts.say('keep.new')));
  byId('play').setAttribute('aria-describedby', 'fleeting');
}
