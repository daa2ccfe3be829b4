// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { pictures } from './first_picture.js';

const TEMPLATES = new URL('../../server/templates/', import.meta.url);
/** @param {string} name */
const template = (name) => readFileSync(new URL(name, TEMPLATES), 'utf8');
const pages = readdirSync(TEMPLATES).filter((name) => name.endsWith('.html'));

test('the pictures that need no script are the ones that the drawings give', () => {
  for (const [path, text] of Object.entries(pictures())) {
    assert.equal(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), text, `print ${path} again: see first_picture.js`);
  }
});

test('no page holds a form, an inline script, an inline style or a handler', () => {
  for (const name of pages) {
    const text = template(name).replace(/<script type="application\/json"[^]*?<\/script>/g, '');
    assert.doesNotMatch(text, /<form|<style|\sstyle="|\son\w+="|<script>|javascript:/i, name);
  }
});

test('every id that a script asks for is on its page', () => {
  const onPage = [...pages.map(template).join('\n').matchAll(/ id="([\w-]+)"/g)].map(([, id]) => id);
  const folder = new URL('../../static/game/', import.meta.url);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    for (const [, id] of readFileSync(new URL(name, folder), 'utf8').matchAll(/byId\('([\w-]+)'\)/g)) assert.ok(onPage.includes(id), `${name} asks for #${id}`);
  }
});
