import css from "@eslint/css";
import js from "@eslint/js";
import globals from "globals";

import { browserFloor } from "./tools/browser_floor.js";

const scripts = ["**/*.{js,mjs}"];
// A page is complete without these: where a browser lacks one, it is only a little plainer.
const adornments = ["accent-color", "backdrop-filter", "outline", "paint-order", "resize", "text-wrap", "user-select"];

export default [
  { ignores: ["static/vendor/", "static/game/dist/", "node_modules/", ".venv/"] },
  { files: scripts, ...js.configs.recommended },
  { files: scripts, languageOptions: { globals: globals.nodeBuiltin } },
  {
    files: ["static/**/*.js", "bench/*.js", "examples/**/*.js"],
    plugins: { popshot: { rules: { "browser-floor": browserFloor } } },
    // The parser refuses newer syntax, the rule newer built-ins and web interfaces.
    languageOptions: { ecmaVersion: 2022, globals: globals.browser },
    rules: {
      "popshot/browser-floor": "error",
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ["static/**/*.css"],
    plugins: { css },
    language: "css/css",
    rules: {
      // What every browser had in 2022 is what Safari 16.4, Chrome 109 and Firefox 115 have.
      "css/use-baseline": ["error", { available: 2022, allowProperties: adornments }],
      "no-restricted-syntax": ["error", { selector: "Rule > Block > Rule", message: "Nesting needs Safari 17.2." }],
    },
  },
];
