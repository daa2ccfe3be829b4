// @ts-check
/** The browsers inside apps: what they keep is lost with them, and files cannot be saved. */

/** By what each puts into its user agent. A view of Android's own that names no app is one too. @type {[host: string, mark: RegExp][]} */
const HOSTS = [
  ['Instagram', /\bInstagram\b/], ['Messenger', /\bMessenger(?:ForiOS|LiteForiOS)?\b|\bOrca-Android\b/], ['Facebook', /\bFB(?:AN|AV|_IAB)\b/],
  ['TikTok', /\b(?:musical_ly|BytedanceWebview|TikTok|trill)/], ['Snapchat', /\bSnapchat\b/], ['LinkedIn', /\bLinkedInApp\b/],
  ['Pinterest', /\bPinterest\b/], ['WeChat', /\bMicroMessenger\b/], ['LINE', /\bLine\/\d/], ['Threads', /\bBarcelona\b/],
  ['X', /\bTwitter(?:Android| for iPhone)/], ['', /; wv\)/],
];

/** A view in an iPhone's app that says nothing lacks the names that Safari and the other browsers give themselves. */
const BARE_IOS = /\((?:iPhone|iPad|iPod)(?!.*\b(?:Safari|CriOS|FxiOS|EdgiOS|OPiOS|OPT|DuckDuckGo)\b).*AppleWebKit/;

/** Whether the page stands on the home screen as an app of its own, which names no browser either. */
const isInstalled = () => globalThis.matchMedia?.('(display-mode: standalone)').matches ?? false;

/**
 * The app that a page is shown in: its name, 'app' where it has none that we know, '' for a browser of its own.
 * @param {string} userAgent @param {boolean} [isOwnApp]
 */
export function hostOf(userAgent, isOwnApp = isInstalled()) {
  const known = HOSTS.find(([, mark]) => mark.test(userAgent));
  if (known) return known[0] || 'app';
  return !isOwnApp && BARE_IOS.test(userAgent) ? 'app' : '';
}
