import js from "@eslint/js";
import globals from "globals";

import { browserFloor } from "./tools/browser_floor.js";

export default [
  { ignores: ["static/vendor/", "node_modules/", ".venv/"] },
  { files: ["**/*.{js,mjs}"], ...js.configs.recommended },
  { files: ["**/*.{js,mjs}"], languageOptions: { globals: globals.nodeBuiltin } },
  {
    files: ["static/**/*.js"],
    plugins: { popshot: { rules: { "browser-floor": browserFloor } } },
    // The parser refuses newer syntax, the rule newer built-ins and web interfaces.
    languageOptions: { ecmaVersion: 2022, globals: globals.browser },
    rules: {
      "popshot/browser-floor": "error",
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }],
    },
  },
];
