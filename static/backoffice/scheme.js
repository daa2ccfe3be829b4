// @ts-check
/** Light or dark before the first picture: the person's own choice, else the device's. */
(() => {
  const KEY = 'popshot.office.scheme';
  const night = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // no storage: the device's choice stands
    }
  };
  const dress = () => {
    document.documentElement.dataset.bsTheme = chosen() ?? (night.matches ? 'dark' : 'light');
  };
  night.addEventListener('change', dress);
  document.addEventListener('popshot:scheme', () => {
    const next = document.documentElement.dataset.bsTheme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // it holds for this page only
    }
    document.documentElement.dataset.bsTheme = next;
  });
  dress();
})();
