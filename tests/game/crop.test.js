// @ts-check
/** The cropper's window over a picture: how far it goes, and which pixels it takes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CropView } from '../../static/backoffice/crop_view.js';

const WIDE = { width: 800, height: 400 }, WINDOW = { width: 200, height: 200 };

test('a window that must be filled begins with the largest part, in the middle', () => {
  assert.deepEqual(new CropView(WIDE, WINDOW, true).part, { x: 200, y: 0, width: 400, height: 400 });
});

test('one that need not be filled begins with the whole picture', () => {
  assert.deepEqual(new CropView(WIDE, WINDOW, false).part, { x: 0, y: -200, width: 800, height: 800 });
});

test('the picture follows the hand, and no further than to its edge', () => {
  const view = new CropView(WIDE, WINDOW, true);
  view.move(50, 30);
  assert.deepEqual(view.part, { x: 100, y: 0, width: 400, height: 400 });
  view.move(1e6, -1e6);
  assert.deepEqual(view.part, { x: 0, y: 0, width: 400, height: 400 });
  view.move(-1e6, 0);
  assert.deepEqual(view.part, { x: 400, y: 0, width: 400, height: 400 });
});

test('the zoom goes from all of it to an eighth, and back', () => {
  const view = new CropView(WIDE, WINDOW, true);
  assert.equal(view.zoom, 0);
  view.zoom = 100;
  assert.deepEqual(view.part, { x: 375, y: 175, width: 50, height: 50 });
  view.enlarge(9);
  assert.equal(view.zoom, 100);
  view.zoom = -5;
  assert.deepEqual(view.part, { x: 200, y: 0, width: 400, height: 400 });
});

test('zoomed out, the picture stays within the window', () => {
  const view = new CropView(WIDE, WINDOW, false);
  view.move(0, 1e6);
  assert.deepEqual(view.part, { x: 0, y: -400, width: 800, height: 800 });
});

test('the tiniest picture has a part of a pixel at least', () => {
  const view = new CropView({ width: 1, height: 1 }, WINDOW, true);
  view.zoom = 100;
  assert.deepEqual({ width: view.part.width, height: view.part.height }, { width: 1, height: 1 });
});
