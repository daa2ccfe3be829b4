/* global KEPT -- the server puts it before this: {address, page, version}, or no address to end what was kept */
/**
 * Practice for who is offline: where a campaign's page cannot be reached, its practice stands in. This keeps that one
 * file and answers for that one page alone; every other request goes its way as if there were no worker. What it keeps
 * names nobody, and a new version, or none, takes the place of the old one.
 */
const FAMILY = `practice ${KEPT.page} `; // each campaign has a worker and a cache of its own
const NAME = FAMILY + KEPT.version;

async function keep() {
  const cache = await caches.open(NAME);
  await cache.add(new Request(KEPT.address, { credentials: 'omit', cache: 'no-cache' }));
}

/** @param {(name: string) => boolean} isOver */
async function forget(isOver) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && isOver(name)).map((name) => caches.delete(name)));
}

async function takeOver() {
  await forget((name) => name !== NAME);
  await self.registration.navigationPreload?.enable(); // a page that can be reached comes no later for the worker
}

async function end() {
  await forget(() => true);
  await self.registration.unregister();
}

/** @param {any} event */
async function answer({ request, preloadResponse }) {
  try {
    return (await preloadResponse) ?? await fetch(request);
  } catch (problem) {
    const kept = await caches.match(KEPT.address, { cacheName: NAME, ignoreVary: true });
    if (kept) return kept;
    throw problem;
  }
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  if (KEPT.address) event.waitUntil(keep());
});
self.addEventListener('activate', (event) => event.waitUntil(KEPT.address ? takeOver() : end()));
if (KEPT.address) {
  self.addEventListener('fetch', (event) => {
    const { request } = event;
    if (request.destination === 'document' && new URL(request.url).pathname === KEPT.page) event.respondWith(answer(event));
  });
}
