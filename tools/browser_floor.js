/**
 * An ESLint rule: refuses whatever the oldest browsers we promise cannot do.
 *
 * The facts come from MDN's browser-compat-data, the table behind the compatibility boxes of its pages. Names of
 * globals and members of known ones (`URL.canParse`, `navigator.gpu`) are looked up exactly. Of anything else the type
 * is not known here, so a call is refused when the name is a newer member of an interface that the floor has, and no
 * older member of any. The members of a newer interface need no look: the way to it is refused already. Nor do those
 * that one engine alone has on trial: who calls `hand()` means a function of ours.
 * `thing.member?.()` and `typeof Thing` pass: they are how code asks before it uses.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const FLOOR = {
  safari: 16.4,
  safari_ios: 16.4,
  chrome: 109,
  chrome_android: 109,
  edge: 109,
  firefox: 115,
  firefox_android: 115,
};

const path = fileURLToPath(import.meta.resolve("@mdn/browser-compat-data"));
const { api, javascript } = JSON.parse(readFileSync(path, "utf8"));
const interfaces = { ...api, ...javascript.builtins, ...javascript.builtins.Intl };

/** Whether one browser of the floor has a feature without prefix or flag. */
function browserHas(support, oldest) {
  return [support ?? []].flat().some(
    ({ version_added: added, prefix, alternative_name: otherName, flags }) =>
      !prefix && !otherName && !flags && added && parseFloat(String(added).replace("≤", "")) <= oldest,
  );
}

function floorHas(feature) {
  const support = feature.__compat?.support;
  return !support || Object.entries(FLOOR).every(([browser, oldest]) => browserHas(support[browser], oldest));
}

const plainName = (key) => key.replace(/_static$/, "");
const members = Object.entries(interfaces).flatMap(([owner, features]) =>
  Object.entries(features)
    .filter(([key]) => key !== "__compat" && !key.endsWith("_event"))
    .map(([key, feature]) => ({
      owner,
      name: plainName(key),
      offered: floorHas(features) && floorHas(feature),
      isOnTrial: Boolean(feature.__compat?.status?.experimental),
      isStatic: key.endsWith("_static"),
    })),
);
const offeredNames = new Set(members.filter((member) => member.offered).map((member) => member.name));
const newNames = new Set(
  members
    .filter((member) => !member.isOnTrial && !member.isStatic && floorHas(interfaces[member.owner]))
    .map((member) => member.name)
    .filter((name) => !offeredNames.has(name)),
);
const newMembers = new Set(members.filter((member) => !member.offered).map(({ owner, name }) => `${owner}.${name}`));
const ownersOfGlobals = new Set(["Window", "WorkerGlobalScope", "_globals"]);
const newGlobals = new Set([
  ...Object.keys(interfaces).filter((name) => !floorHas(interfaces[name])),
  ...members.filter(({ owner, offered }) => ownersOfGlobals.has(owner) && !offered).map(({ name }) => name),
]);

const KINDS = { document: "Document", globalThis: "Window", navigator: "Navigator", screen: "Screen", window: "Window" };
const isCalled = (node) => node.parent.type === "CallExpression" && node.parent.callee === node;
const isAsked = (node) => node.optional || (isCalled(node) && node.parent.optional);

function isNewMember(node) {
  const owner = KINDS[node.object.name] ?? node.object.name;
  return newMembers.has(`${owner}.${node.property.name}`) || (isCalled(node) && newNames.has(node.property.name));
}

const isAskedFor = ({ parent }) => parent.type === "UnaryExpression" && parent.operator === "typeof";

/** Every mention of a name that this file does not define itself. */
function mentionsOfGlobals({ through, variables }) {
  const known = variables.filter((variable) => variable.defs.length === 0);
  return [...through, ...known.flatMap((variable) => variable.references)].map((mention) => mention.identifier);
}

export const browserFloor = {
  meta: { type: "problem", schema: [], messages: { tooNew: "'{{name}}' is newer than the oldest browsers we promise." } },
  create(context) {
    return {
      MemberExpression(node) {
        if (node.computed || isAsked(node) || !isNewMember(node)) return;
        context.report({ node: node.property, messageId: "tooNew", data: { name: node.property.name } });
      },
      "Program:exit"() {
        for (const node of mentionsOfGlobals(context.sourceCode.scopeManager.globalScope)) {
          if (!newGlobals.has(node.name) || isAskedFor(node)) continue;
          context.report({ node, messageId: "tooNew", data: { name: node.name } });
        }
      },
    };
  },
};
