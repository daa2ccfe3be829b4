// @ts-check
/**
 * What a visit needs only after its first picture: cards over the scene, the settings, the first lesson, comments.
 * One file of its own in the bundle, fetched as soon as the first picture shows.
 */
export { CalmCourse } from './calm.js';
export { showChances } from './chances.js';
export { offerRoom } from './cramped.js';
export { Door } from './door.js';
export { Ending } from './ending.js';
export { forewarn } from './fleeting.js';
export { GiftButton } from './gift.js';
export { meetRival } from './rival.js';
export { SettingsDialog } from './settings_dialog.js';
export { showTogether } from './together.js';
export { foresee } from './trouble.js';
export { Tutor } from './tutor.js';
