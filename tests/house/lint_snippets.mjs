/** Lints pieces of code as if each were a file of the game: {name: code} on stdin, {name: [message, …]} on stdout. */
import { readFileSync } from "node:fs";
import { ESLint } from "eslint";

const eslint = new ESLint();
const snippets = Object.entries(JSON.parse(readFileSync(0, "utf8")));
const answers = snippets.map(async ([name, code]) => {
  const [{ messages }] = await eslint.lintText(code, { filePath: "static/game/snippet.js" });
  return [name, messages.map((message) => message.message)];
});
console.log(JSON.stringify(Object.fromEntries(await Promise.all(answers))));
