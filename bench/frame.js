// @ts-check
/** Run in a page by bench/frame.py: 200 targets and 500 bits, drawn by the game's own pen and view, frame after frame. */

const [SPRITES, BITS] = [200, 500];

/** @param {number} sharpness device pixels a pixel */
async function setUp(sharpness) {
  const [{ lookOf }, { createAtlas }, { createCast }, { Effects }, { Pen }, { DRAWINGS }] = await Promise.all(
    ['art/look', 'view/atlas', 'view/cast', 'view/effects', 'view/pen', 'view/targets'].map((name) => import(`/static/game/${name}.js`)));
  const canvas = document.createElement('canvas');
  const zoom = (390 / 720) * sharpness;
  Object.assign(canvas, { width: 390 * sharpness, height: 700 * sharpness });
  canvas.style.cssText = 'display:block;width:390px;height:700px';
  document.body.replaceChildren(canvas);
  const stage = { zoom, left: 0, top: 0, width: 720, height: 1290 };
  const pen = new Pen(canvas.getContext('2d', { desynchronized: true }), await createAtlas(createCast(lookOf(null)), zoom), stage);
  return { pen, effects: new Effects(BITS), names: ['can', 'balloon', 'duck', 'plant'].map((kind) => DRAWINGS[kind][2]) };
}

/** @param {any} scene @param {number} now seconds */
function draw({ pen, effects, names }, now) {
  pen.clear();
  for (let i = 0; i < SPRITES; i += 1) {
    pen.stamp(names[i % 4], 360 + Math.sin(now + i * 1.7) * 300, 600 + Math.sin(now * 0.7 + i * 2.1) * 500, 0.55, Math.sin(now + i) * 0.2);
  }
  effects.draw(pen, now);
}

/** Every bit stays in the air for the whole measurement. @param {any} effects */
function fill(effects) {
  const names = ['spark', 'shard-can', 'shard-balloon', 'shard-white'];
  for (let i = 0; i < BITS; i += 1) {
    const bit = effects.add(names[i % 4], 60 + (i * 97) % 600, 60 + (i * 61) % 1100, performance.now() / 1000, 600);
    Object.assign(bit, { spin: (i % 9) - 4, solid: true });
  }
}

/** @param {number} sharpness @returns {Promise<void>} when it runs */
export async function run(sharpness) {
  const scene = await setUp(sharpness);
  fill(scene.effects);
  let frames = 0, busy = 0;
  const step = () => {
    const began = performance.now();
    draw(scene, began / 1000);
    busy += performance.now() - began;
    frames += 1;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  Object.assign(window, { bench: () => ({ frames, busy }) });
}
