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

it.each([
  [
    "a wall taken away",
    /(webSecurity|sandbox|contextIsolation): false|(nodeIntegration\w*|webviewTag|allowRunningInsecureContent): true/,
  ],
  ["a switch that takes one away", /no-sandbox|disable-web-security|ignore-certificate-errors|remote-debugging/],
  ["a program of the desktop", /\bshell\.|openExternal|openPath|showItemInFolder/],
  ["a shell", /(?<![.\w])exec(Sync)?\(|shell: true/],
  ["a text run as a program", /\beval\(|new Function\(|node:vm|executeJavaScript\((?!"delete window)/],
  ["a certificate waved through", /rejectUnauthorized: false|answer\(true\)|NODE_TLS_REJECT/],
])("holds no %s", (_what, pattern) => {
  // One names what it forbids; one asks who is there before it believes anybody, and tells nothing; one starts the screens of the
  // demo with what it was itself started with, as root.
  const reviewed = ["security/switches.ts", "node/find-authority.ts", "demo-hall.ts"];
  expect(filesWith(pattern).filter((file) => !reviewed.includes(file))).toEqual([]);
});
