// @ts-check
/** All drawings in one picture, rasterised once for the size of this screen: the loop only copies from it. */

/** @typedef {import('../art/svg.js').Sprite} Sprite */
/** Where a drawing lies in the picture (device pixels), and its size and hook in world pixels.
 * @typedef {{sx: number, sy: number, sw: number, sh: number, w: number, h: number, cx: number, cy: number}} Cell */
/** @typedef {{image: CanvasImageSource, cells: Record<string, Cell>}} Atlas */

const WIDE = 1500; // world pixels
const GAP = 2;

/**
 * Shelves: tall drawings first, one row after the other.
 * @param {Record<string, Sprite>} sprites
 * @returns {{cells: Record<string, Cell>, height: number}} in world pixels
 */
export function pack(sprites) {
  /** @type {Record<string, Cell>} */ const cells = {};
  let x = 0, y = 0, row = 0;
  const tallFirst = Object.entries(sprites).sort(([, a], [, b]) => b.h * b.k - a.h * a.k);
  for (const [name, { w, h, k, cx, cy }] of tallFirst) {
    const [wide, high] = [Math.ceil(w * k), Math.ceil(h * k)];
    if (x + wide > WIDE) { x = 0; y += row + GAP; row = 0; }
    cells[name] = { sx: x, sy: y, sw: wide, sh: high, w: w * k, h: h * k, cx: cx * k, cy: cy * k };
    x += wide + GAP;
    row = Math.max(row, high);
  }
  return { cells, height: y + row };
}

/**
 * One document with every drawing in its cell; nested documents clip, so nothing leaks into a neighbour.
 * @param {Record<string, Sprite>} sprites @param {Record<string, Cell>} cells @param {number} height @param {number} zoom
 */
export function sheet(sprites, cells, height, zoom) {
  const parts = Object.entries(sprites).map(([name, { w, h, body }]) => {
    const cell = cells[name];
    return `<svg x="${cell.sx}" y="${cell.sy}" width="${cell.w}" height="${cell.h}" viewBox="0 0 ${w} ${h}">${body}</svg>`;
  });
  // Firefox rasterises only what has a width and a height.
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDE * zoom}" height="${height * zoom}" viewBox="0 0 ${WIDE} ${height}">${parts.join('')}</svg>`;
}

/**
 * @param {Record<string, Sprite>} sprites @param {number} zoom device pixels a world pixel
 * @returns {Promise<Atlas>}
 */
export async function createAtlas(sprites, zoom) {
  const { cells, height } = pack(sprites);
  const picture = new Image();
  // Only what would end or change the address is escaped: all of it would take longer than drawing it.
  picture.src = `data:image/svg+xml,${sheet(sprites, cells, height, zoom).replace(/[%#\n]/g, encodeURIComponent)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(WIDE * zoom);
  canvas.height = Math.ceil(height * zoom);
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  for (const cell of Object.values(cells)) { cell.sx *= zoom; cell.sy *= zoom; cell.sw *= zoom; cell.sh *= zoom; }
  return { image: canvas, cells };
}
