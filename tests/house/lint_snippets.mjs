/** Lints pieces of code as if each were a file of the game: [[file name, code], …] on stdin, [[message, …], …] out. */
import { readFileSync } from "node:fs";
import { ESLint } from "eslint";

const eslint = new ESLint();
const snippets = JSON.parse(readFileSync(0, "utf8"));
const answers = snippets.map(([name, code]) => eslint.lintText(code, { filePath: `static/game/${name}` }));
const told = (await Promise.all(answers)).map(([{ messages }]) => messages.map(({ message }) => message));
console.log(JSON.stringify(told));
