// @ts-check
/** On pages that have no settings of their own: the motion, light or dark that the player has wished for in the game. */
import { createKeep } from './keep.js';
import { Settings, dress } from './settings.js';

dress(new Settings(createKeep(), matchMedia('(prefers-reduced-motion: reduce)').matches));
