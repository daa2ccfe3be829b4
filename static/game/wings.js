// @ts-check
/**
 * What a visit needs only after its first picture: cards over the scene, comments, dares, calm rounds. One file of its
 * own in the bundle, fetched as soon as the first picture shows.
 */
export { meetRival } from './beat.js';
export { CalmCourse, showCalmResult } from './calm.js';
export { Comments } from './comments.js';
export { offerRoom } from './cramped.js';
export { showOutcome } from './outcome.js';
export { foresee, showProblem } from './trouble.js';
