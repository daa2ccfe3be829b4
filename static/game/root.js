// @ts-check
/**
 * What the paths of all our pages begin with: nothing, or the address of a rehearsal, which is a world of its own.
 * The twin of `root_of` in server/rehearsal/world.py.
 */
export const root = /^\/rehearsal\/\w+/.exec(globalThis.location?.pathname ?? '')?.[0] ?? '';
