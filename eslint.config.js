import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";
import { borders } from "./scripts/lib/borders.mjs";

const TESTS = ["**/*.{test,fixture}.{ts,tsx}", "**/testing/**", "tests/**/*.{ts,tsx}"];

/** One sentence for a list of globals: [{ name, message }]. */
const forbid = (names, message) => names.map((name) => ({ name, message }));

const BROWSER_ONLY = ["window", "document", "localStorage", "sessionStorage", "indexedDB", "navigator", "location"];
const NODE_ONLY = ["process", "Buffer", "require", "module", "__dirname", "__filename", "global", "setImmediate"];
const PASSED_IN =
  "Time and randomness are passed in: shared/ must give the same answer on the terminal and on the node.";

const core = {
  eqeqeq: ["error", "always", { null: "ignore" }],
  "no-console": "error",
  "no-constant-condition": ["error", { checkLoops: false }],
  "no-debugger": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-param-reassign": "error",
  "no-self-assign": "error",
  "no-unreachable": "error",
  "no-unsafe-finally": "error",
  "no-useless-escape": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
};

export default tseslint.config(
  {
    ignores: [
      "dist/**",
      ".cache/**",
      "release/**",
      "data/**",
      "docs/**",
      "test-results/**",
      "playwright-report/**",
      "node_modules/**",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.tsx"],
    plugins: { "@typescript-eslint": tseslint.plugin, "react-hooks": reactHooks, borders },
    languageOptions: { parser: tseslint.parser },
    rules: {
      ...core,
      "borders/imports": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-empty-object-type": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-expressions": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none", ignoreRestSiblings: true },
      ],
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "no-restricted-imports": [
        "error",
        {
          name: "react",
          importNames: ["lazy", "Suspense"],
          message: "later() of renderer/ui/later.tsx: React holds what is lazy back for 300 ms (docs/decisions/0128).",
        },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports only: a thing has one name everywhere." },
        { selector: "TSEnumDeclaration", message: "Use a union of literals: an enum is code at run time." },
      ],
    },
  },
  {
    files: ["shared/**/*.ts"],
    ignores: TESTS,
    rules: {
      "no-restricted-globals": [
        "error",
        ...forbid(
          [...BROWSER_ONLY, ...NODE_ONLY, "fetch", "WebSocket", "Worker", "alert"],
          "shared/ is pure and runs anywhere: no browser, Node or network globals.",
        ),
        ...forbid(["crypto", "performance", "setTimeout", "setInterval", "queueMicrotask"], PASSED_IN),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: PASSED_IN },
        { object: "Math", property: "random", message: PASSED_IN },
        { object: "globalThis", property: "crypto", message: PASSED_IN },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports only: a thing has one name everywhere." },
        { selector: "TSEnumDeclaration", message: "Use a union of literals: an enum is code at run time." },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: PASSED_IN },
        { selector: "CallExpression[callee.name='Date']", message: PASSED_IN },
      ],
    },
  },
  {
    files: ["renderer/**/*.ts", "renderer/**/*.tsx"],
    ignores: TESTS,
    rules: {
      "no-restricted-globals": [
        "error",
        ...forbid(NODE_ONLY, "renderer/ is sandboxed browser code without Node: go through shared/contract/ipc."),
      ],
    },
  },
  {
    files: ["center/**/*.ts"],
    ignores: TESTS,
    rules: {
      "no-restricted-globals": [
        "error",
        ...forbid(BROWSER_ONLY, "center/ runs in Node on a server: there is no browser."),
      ],
    },
  },
  {
    files: ["electron/preload*/**/*.ts", "electron/preload*.ts"],
    ignores: TESTS,
    rules: {
      "no-restricted-globals": [
        "error",
        ...forbid(NODE_ONLY, "A preload runs in the sandbox: reach the main process through ipcRenderer."),
      ],
    },
  },
  { files: TESTS, rules: { "no-console": "off", "@typescript-eslint/no-non-null-assertion": "off" } },
  {
    files: ["*.config.ts"],
    rules: { "no-restricted-syntax": "off", "no-restricted-exports": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: { globals: globals.node, sourceType: "module" },
    rules: { ...core, "no-console": "off", "no-undef": "error", "no-unused-vars": ["error", { caughtErrors: "none" }] },
  },
);
