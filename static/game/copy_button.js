// @ts-check
/** Copying at a press; how is fetched before it, since some browsers let a page copy within the press alone. */
import { makeButton } from './dom.js';

/**
 * A button that copies and says so.
 * @param {import('./texts.js').Texts} texts
 * @param {{label: string, text: string, shown?: HTMLElement, look?: string, say?: (text: string) => void}} of `label` is its text's key
 */
export function makeCopyButton(texts, { label, text, shown, look = 'plain', say }) {
  /** @type {typeof import('./copy.js').copyText} */ let copyText = async () => { if (shown) getSelection()?.selectAllChildren(shown); return false; };
  void import('./copy.js').then((how) => { copyText = how.copyText; }, () => undefined);
  const copy = async () => {
    if (!await copyText(text, shown)) return;
    button.textContent = texts.say('prize.copied');
    say?.(texts.say('prize.copied'));
  };
  const button = makeButton(texts.say(label), () => { void copy(); }, look);
  return button;
}
