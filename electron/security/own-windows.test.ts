import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/*
 * What a scanner for Electron would look for (S73), held to be so in the sources of the main process and the preloads:
 * - windows are made in two places only, each behind all of its walls;
 * - nothing takes a wall away later, opens anything outside or runs a text as a program.
 */
const ROOT = join(import.meta.dirname, "..");
const sources = new Map(
  readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => [file, readFileSync(join(ROOT, file), "utf8")]),
);
const filesWith = (pattern: RegExp): string[] =>
  [...sources].filter(([, text]) => pattern.test(text)).map(([file]) => file);

it("makes windows in two places, each behind its walls", () => {
  expect(filesWith(/\bnew (BrowserWindow|BrowserView|WebContentsView|BaseWindow)\b/).sort()).toEqual([
    "devices/silent-page.ts",
    "windows/terminal-window.ts",
  ]);
  const ofScreens = sources.get("windows/terminal-window.ts") ?? "";
  for (const wall of [
    "sandbox: true",
    "contextIsolation: true",
    "nodeIntegration: false",
    "nodeIntegrationInWorker: false",
    "nodeIntegrationInSubFrames: false",
    "webSecurity: true",
    "allowRunningInsecureContent: false",
    "experimentalFeatures: false",
    "webviewTag: false",
    "navigateOnDragDrop: false",
    "spellcheck: false",
    'disableDialogs: kind === "public"',
  ])
    expect(ofScreens, wall).toContain(wall);
  const ofPapers = sources.get("devices/silent-page.ts") ?? "";
  for (const wall of ["sandbox: true", "contextIsolation: true", "javascript: false", "webviewTag: false"])
    expect(ofPapers, wall).toContain(wall);
});

/** What must not be found, and the files that were looked at and may hold it. */
const forbidden: readonly { readonly what: string; readonly pattern: RegExp; readonly reviewed?: readonly string[] }[] =
  [
    {
      what: "wall taken away",
      pattern:
        /(webSecurity|sandbox|contextIsolation): false|(nodeIntegration\w*|webviewTag|allowRunningInsecureContent): true/,
    },
    {
      what: "switch that takes one away",
      pattern: /no-sandbox|disable-web-security|ignore-certificate-errors|remote-debugging/,
      // One names what it forbids; one starts the screens of the demo with what it was itself started with, as root.
      reviewed: ["security/switches.ts", "demo-hall.ts"],
    },
    { what: "program of the desktop", pattern: /\bshell\.|openExternal|openPath|showItemInFolder/ },
    { what: "shell", pattern: /(?<![.\w])exec(Sync)?\(|shell: true/ },
    {
      what: "text run as a program",
      pattern: /\beval\(|new Function\(|node:vm|executeJavaScript\((?!"delete window)/,
      // Runs the file beside it, which is the rest of this program.
      reviewed: ["precompiled.ts"],
    },
    {
      what: "certificate waved through",
      pattern: /rejectUnauthorized: false|answer\(true\)|NODE_TLS_REJECT/,
      // Asks who is there before it believes anybody, and tells nothing.
      reviewed: ["node/find-authority.ts"],
    },
  ];

it.each(forbidden)("holds no $what", ({ pattern, reviewed = [] }) => {
  expect(filesWith(pattern).filter((file) => !reviewed.includes(file))).toEqual([]);
});
