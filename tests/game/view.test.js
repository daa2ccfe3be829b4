// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUSE_LOOK, STYLES, lookOf } from '../../static/game/art/look.js';
import { SKINS } from '../../static/game/art/skins.js';
import { dark, light, mix } from '../../static/game/art/svg.js';
import { lacksSkins, learnSkins } from '../../static/game/art/targets.js';
import { pack, sheet } from '../../static/game/view/atlas.js';
import { createCast } from '../../static/game/view/cast.js';
import { Effects } from '../../static/game/view/effects.js';
import { dartSeen } from '../../static/game/view/flight.js';
import { Pen } from '../../static/game/view/pen.js';
import { Crowd } from '../../static/game/view/targets.js';
import { View } from '../../static/game/view/view.js';
import { impactPoint, throwDart } from '../../static/game/sim/flight.js';

const STRANGE = { ...HOUSE_LOOK, canSkin: 'robot' };
const [plainCan, unknownCan] = [HOUSE_LOOK, STRANGE].map((look) => createCast(look).can0.body); // before any skins are known
const lacked = [HOUSE_LOOK, STRANGE].map(lacksSkins);
learnSkins(SKINS);
const CAST = createCast(HOUSE_LOOK);
const STAGE = { zoom: 2, left: 0, top: 0, width: 720, height: 1280, bottom: 1280 };

/** A view on a context that writes down what is stamped where (device pixels). */
function rig() {
  const { cells } = pack(CAST);
  /** @type {{name: string, x: number, y: number, alpha: number}[]} */ const stamps = [];
  let at = [0, 0];
  const context = /** @type {any} */ ({
    canvas: { width: 1440, height: 2560 }, globalAlpha: 1,
    setTransform(/** @type {number[]} */ ...t) { at = [t[4], t[5]]; },
    drawImage(/** @type {any} */ _, /** @type {number} */ sx, /** @type {number} */ sy) {
      const name = Object.keys(cells).find((key) => cells[key].sx === sx && cells[key].sy === sy) ?? '?';
      stamps.push({ name, x: at[0], y: at[1], alpha: this.globalAlpha });
    },
    clearRect() { stamps.length = 0; }, save() {}, restore() {}, beginPath() {}, rect() {}, clip() {},
  });
  const pen = new Pen(context, { image: /** @type {any} */ ({}), cells }, STAGE);
  return { view: new View(pen, STAGE, true), stamps, names: () => stamps.map(({ name }) => name) };
}

/** Targets that move `way` pixels a tick from (x, y). @param {{kind?: string, plane?: number, x?: number, y?: number, way?: number}[]} targets @param {any[]} [darts] */
const fakeSim = (targets, darts = [], isDown = false) => /** @type {any} */ ({
  darts, bossXForView: () => 360 << 8, isBossDown: () => isDown,
  eachTarget(/** @type {number} */ _, /** @type {(target: any) => void} */ visit) {
    targets.forEach(({ x = 100, y = 200, way = 0, ...target }, index) => visit({
      kind: 'can', plane: 0, radius: 78, wave: 1, index, first: 0, end: 900, x: (/** @type {number} */ tick) => (x + tick * way) << 8, y: () => y << 8, ...target,
    }));
  },
});
/** @param {Partial<import('../../static/game/sim/events.js').Event>} event */
const happens = (event) => /** @type {any} */ ({ kind: 'hit', target: 'can', tick: 0, shot: 0, wave: 1, index: 0, plane: 0, points: 50, combo: 1, x: 100 << 8, y: 200 << 8, ...event });
const AIM = { x: 360, y: 640, isShown: true };

test('a target is stamped at its place in device pixels', () => {
  const { view, stamps } = rig();
  view.draw({ sim: fakeSim([{ x: 100, y: 200 }]), tick: 100, over: 0, now: 1, aim: AIM });
  const can = stamps.find(({ name }) => name === 'can0');
  assert.deepEqual([can?.x, can?.y], [200, 400]);
});

test('what is further away is drawn first, and the boss behind all targets', () => {
  const { view, names } = rig();
  view.draw({ sim: fakeSim([{ plane: 0 }, { plane: 2, kind: 'star' }, { plane: 1, kind: 'duck' }]), tick: 100, over: 0, now: 1, aim: AIM });
  const order = ['bust', 'desk', 'star2', 'duck1', 'can0', 'blaster', 'reticle'].map((name) => names().indexOf(name));
  assert.ok(order.every((at) => at >= 0), String(order));
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
});

test('while a reveal is late the boss goes on and no target shows', () => {
  const { view, names } = rig();
  view.draw({ sim: fakeSim([{}]), tick: 299, over: 20, now: 1, aim: AIM });
  assert.ok(names().includes('bust') && !names().includes('can0'));
});

test('a knocked-out boss is dizzy first, then only his flag shows', () => {
  const { view, names } = rig();
  const sim = fakeSim([], [], true);
  view.draw({ sim, tick: 10, over: 0, now: 1, aim: AIM });
  view.draw({ sim, tick: 10, over: 0, now: 1.4, aim: AIM });
  assert.ok(names().includes('face-dizzy'));
  view.draw({ sim, tick: 10, over: 0, now: 3, aim: AIM });
  assert.ok(names().includes('flag') && !names().includes('bust'));
});

test('a dart starts at the muzzle and passes each plane where the rules say', () => {
  const dart = throwDart(0, 100, 300, 400, 8), muzzle = { x: 360, y: 1000 };
  const start = dartSeen(dart, muzzle, 100);
  assert.deepEqual([start.x, start.y], [360, 1000]);
  for (const [plane, ticks] of [[0, 14], [1, 20], [2, 26]]) {
    const seen = dartSeen(dart, muzzle, 100 + ticks), [x, y] = impactPoint(300, 400, 8, plane);
    assert.ok(Math.abs(seen.x - x / 256) < 0.01 && Math.abs(seen.y - y / 256) < 0.01, `plane ${plane}`);
  }
});

test('a dart looks smaller the further it has flown', () => {
  const dart = throwDart(0, 0, 300, 400, 0), sizes = [0, 7, 14, 20, 26].map((age) => dartSeen(dart, { x: 360, y: 1000 }, age).size);
  assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a));
});

test('a target moves smoothly between two ticks', () => {
  const crowd = new Crowd();
  crowd.look(fakeSim([{ x: 100, way: 10 }]), 5.5);
  assert.equal(crowd.shown[0].x, 155);
});

test('a duck looks where it swims', () => {
  const crowd = new Crowd();
  const swim = (/** @type {number} */ way) => { crowd.look(fakeSim([{ kind: 'duck', x: 300, way }]), 50); return crowd.shown[0].wide; };
  assert.deepEqual([swim(2), swim(-2)], [1, -1]);
});

test('looking again makes no new places', () => {
  const crowd = new Crowd(), sim = fakeSim([{}, {}]);
  crowd.look(sim, 5);
  const before = crowd.shown.slice(0, crowd.count);
  crowd.look(sim, 6);
  assert.deepEqual(crowd.shown.slice(0, crowd.count).map((place, i) => place === before[i]), [true, true]);
});

test('bits end when their life does, and there are never more than the budget', () => {
  const effects = new Effects(10), drawn = /** @type {string[]} */ ([]);
  const pen = /** @type {any} */ ({ stamp: (/** @type {string} */ name) => drawn.push(name) });
  effects.burst(0, ['spark'], 0, 0, 50, 10);
  effects.draw(pen, 0.1);
  assert.equal(drawn.length, 10);
  effects.draw(pen, 9);
  assert.equal(drawn.length, 10);
});

test('those who asked for less motion get a quarter of the bits', () => {
  const effects = new Effects(200), drawn = /** @type {string[]} */ ([]);
  const pen = /** @type {any} */ ({ stamp: (/** @type {string} */ name) => drawn.push(name) });
  effects.isCalm = true;
  effects.burst(0, ['spark'], 0, 0, 40, 10);
  effects.draw(pen, 0.1);
  assert.equal(drawn.length, 10);
});

test('less motion is a quarter of the smoke and of the dust, too', () => {
  const count = (/** @type {boolean} */ isCalm) => {
    const { view, names } = rig();
    view.calm(isCalm);
    view.fire(0, 1);
    view.react(happens({ kind: 'miss', target: '', y: 200 << 8 }), 1);
    view.draw({ sim: fakeSim([]), tick: 100, over: 0, now: 1.1, aim: AIM });
    return names().filter((name) => name === 'puff').length;
  };
  assert.deepEqual([count(false), count(true)], [7, 2]);
});

test('a can that is hit stands still for a blink, then tumbles with the dart in it', () => {
  const { view, stamps, names } = rig(), sim = fakeSim([{ x: 100, y: 200 }]), empty = fakeSim([]);
  view.draw({ sim, tick: 100, over: 0, now: 1, aim: AIM });
  view.react(happens({}), 1);
  view.draw({ sim: empty, tick: 101, over: 0, now: 1.02, aim: AIM });
  const can = stamps.find(({ name }) => name === 'can0');
  assert.deepEqual([can?.x, can?.y], [200, 400]);
  assert.ok(!names().includes('stuck'));
  view.draw({ sim: empty, tick: 104, over: 0, now: 1.1, aim: AIM });
  const tumbling = stamps.find(({ name }) => name === 'can0');
  assert.notEqual(tumbling?.x, 200);
  assert.ok(names().includes('stuck'));
});

test('a dodge leaves the targets alone', () => {
  const { view, names } = rig();
  view.draw({ sim: fakeSim([{}]), tick: 100, over: 0, now: 1, aim: AIM });
  view.react(happens({ kind: 'dodge', target: 'boss', points: 0 }), 1);
  view.draw({ sim: fakeSim([]), tick: 101, over: 0, now: 1.02, aim: AIM });
  assert.ok(!names().includes('can0'));
  assert.ok(names().includes('face-smug'));
});

test('a dart that misses sticks in the ground for a moment, behind the targets', () => {
  const { view, names } = rig(), draw = (/** @type {number} */ now) => view.draw({ sim: fakeSim([{}]), tick: 100, over: 0, now, aim: AIM });
  view.react(happens({ kind: 'miss', target: '', y: 900 << 8 }), 1);
  draw(1.5);
  assert.ok(names().includes('stuck') && names().indexOf('stuck') < names().indexOf('can0'));
  draw(3);
  assert.ok(!names().includes('stuck'));
});

test('less motion shakes nothing', () => {
  const shaken = (/** @type {boolean} */ isCalm) => {
    const { view } = rig();
    view.calm(isCalm);
    view.react(happens({ kind: 'knock-out', target: 'boss', index: -1 }), 1);
    view.draw({ sim: fakeSim([]), tick: 101, over: 0, now: 1.05, aim: AIM });
    return view.pen.shakeX !== 0;
  };
  assert.deepEqual([shaken(false), shaken(true)], [true, false]);
});

test('no two drawings overlap in the atlas, and every one is in its document', () => {
  const { cells, height } = pack(CAST), all = Object.entries(cells), document = sheet(CAST, cells, height, 1);
  for (const [i, [name, a]] of all.entries()) {
    assert.ok(a.sx + a.sw <= 1500 && a.sy + a.sh <= height, name);
    for (const [other, b] of all.slice(i + 1)) {
      const isApart = a.sx + a.sw <= b.sx || b.sx + b.sw <= a.sx || a.sy + a.sh <= b.sy || b.sy + b.sh <= a.sy;
      assert.ok(isApart, `${name} and ${other}`);
    }
  }
  assert.equal(document.split('<svg ').length - 1, all.length + 1);
});

/** One look for each place in the lists of styles, so that every style is worn once. */
const LOOKS = [0, 1, 2, 3].map((n) => ({ ...HOUSE_LOOK, ...Object.fromEntries(Object.entries(STYLES).map(([name, styles]) => [name, styles[n % styles.length]])) }));

test('no drawing names an id twice in the atlas, whatever the styles', () => {
  for (const look of LOOKS) {
    const ids = Object.entries(createCast(look)).flatMap(([name, { body }]) => [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => ({ id, name: name.replace(/\d$/, '') })));
    /** @type {Map<string, string>} */ const owners = new Map();
    for (const { id, name } of ids) {
      assert.equal(owners.get(id) ?? name, name, `${id} is in two drawings`);
      owners.set(id, name);
    }
  }
});

test('every gradient that a drawing paints with is defined in the same drawing, and is no colour gone wrong', () => {
  for (const look of LOOKS) {
    for (const [name, { body }] of Object.entries(createCast(look))) {
      for (const [, id] of body.matchAll(/url\(#([^)]+)\)/g)) assert.ok(body.includes(` id="${id}"`), `${name} lacks ${id}`);
      assert.doesNotMatch(body, /undefined|NaN|#[0-9a-f]{6}[0-9a-f]/i, name);
    }
  }
});

test('a brand changes colours and styles, and nothing that is not one of those', () => {
  const look = lookOf({
    palette: { can: '#112233', accent: 'url(evil)' }, boss: { tie: '#00FF00', name: 'Max', hairstyle: 'bun', beard: 'blue', picture: 'ab' },
    scene: { place: 'city', time: 'noon' }, skins: { can: 'robot', duck: 'hen', star: 'moon' },
  });
  assert.deepEqual(look, { ...HOUSE_LOOK, can: '#112233', tie: '#00ff00', hairstyle: 'bun', place: 'city', canSkin: 'robot', duckSkin: 'hen' });
});

test('a theme that is odd or missing gives the look of the house', () => {
  for (const odd of [null, undefined, {}, /** @type {any} */ ({ scene: 'day', skins: 3, boss: ['bun'], palette: null })]) assert.deepEqual(lookOf(odd), HOUSE_LOOK);
});

/** Okabe and Ito's eight colours. */
const OKABE_ITO = ['#000000', '#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'];

test('distinct colours are Okabe and Ito’s, another one for each kind of target', () => {
  const look = lookOf({ palette: { can: '#112233', suit: '#445566' } }, 'distinct');
  const targets = [look.can, look.balloon, look.duck, look.star, look.plant, look.gift];
  assert.ok(targets.every((colour) => OKABE_ITO.includes(colour)), String(targets));
  assert.equal(new Set(targets).size, targets.length);
  assert.equal(look.accent, HOUSE_LOOK.accent);
});

test('all styles of one thing are different drawings in cells of the same size', () => {
  /** @type {Record<string, string>} */ const shows = { hairstyle: 'bust', beard: 'bust', neckwear: 'bust', glasses: 'face-neutral', canSkin: 'can0', balloonSkin: 'balloon0', duckSkin: 'duck0', place: 'desk' };
  for (const [name, sprite] of Object.entries(shows)) {
    const drawn = STYLES[name].map((style) => createCast({ ...HOUSE_LOOK, [name]: style })[sprite]);
    assert.equal(new Set(drawn.map(({ body }) => body)).size, drawn.length, `two styles of ${name} look the same`);
    assert.equal(new Set(drawn.map(({ w, h, cx, cy, k }) => [w, h, cx, cy, k].join())).size, 1, name);
  }
});

test('a picture of the boss keeps its own calm faces, and gets the loud ones drawn over it', () => {
  const cast = createCast({ ...HOUSE_LOOK, picture: 'data:image/png;base64,AA' });
  const isEmpty = (/** @type {string} */ name) => !cast[name].body.includes('<path') && !cast[name].body.includes('<ellipse');
  assert.ok(cast.bust.body.includes('href="data:image/png;base64,AA"'));
  assert.deepEqual(['neutral', 'smug', 'blink', 'ouch', 'dizzy', 'laugh', 'wow'].filter((name) => isEmpty(`face-${name}`)), ['neutral', 'smug', 'blink']);
  assert.ok(isEmpty('pupils'));
});

test('a target whose skin has not come yet wears the house\'s own, and is known to lack it', () => {
  assert.equal(unknownCan, plainCan);
  assert.notEqual(createCast(STRANGE).can0.body, plainCan);
  assert.deepEqual([lacked, lacksSkins(STRANGE)], [[false, true], false]);
});

test('tones mix between two colours', () => {
  assert.equal(mix('#000000', '#ffffff', 0.5), '#808080');
  assert.notEqual(light('#336699'), dark('#336699'));
});
