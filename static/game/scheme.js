// @ts-check
/** On pages that have no settings of their own: the light or dark that the player has wished for in the game. */
import { createKeep } from './keep.js';
import { Settings } from './settings.js';

document.documentElement.dataset.scheme = new Settings(createKeep()).get('scheme');
