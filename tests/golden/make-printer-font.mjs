/**
 * The letters of the printer simulator: 24 dots high, 12 or 24 wide, as in a printer of 80 mm. Drawn once from Noto Sans Mono
 * CJK SC (SIL Open Font Licence 1.1) and kept in printer-font.txt, so that a golden picture is the same on every machine.
 *
 *   xvfb-run node tests/golden/make-printer-font.mjs "characters that are missing"
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "@playwright/test";
import { electronArgs, prepareElectronApp } from "../../scripts/lib/electron.mjs";

const FILE = join(import.meta.dirname, "printer-font.txt");
const DOTS = 24;

/** Runs in the page: a row of hexadecimal digits for each character, 1 where a dot is. */
const draw = ({ chars, dots }) => {
  const canvas = globalThis.document.createElement("canvas");
  canvas.width = canvas.height = dots;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.textBaseline = "alphabetic";
  return chars.map((char) => {
    const width = char.codePointAt(0) < 0x80 ? dots / 2 : dots;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, dots, dots);
    context.fillStyle = "#000";
    context.font = `500 ${width === dots ? 23 : 22}px "Noto Sans Mono CJK SC"`;
    context.textAlign = "center";
    context.fillText(char, width / 2, 20);
    const { data } = context.getImageData(0, 0, width, dots);
    let hex = "";
    for (let at = 0; at < width * dots; at += 4)
      hex += [0, 1, 2, 3].reduce((digit, n) => digit * 2 + (data[4 * (at + n)] < 140 ? 1 : 0), 0).toString(16);
    return `${char} ${hex}`;
  });
};

const known = readFileSync(FILE, { encoding: "utf8", flag: "a+" }).split("\n").filter(Boolean);
const has = new Set(known.map((line) => [...line][0]));
const wanted = [...new Set(process.argv.slice(2).join(""))].filter((char) => char !== " " && !has.has(char));

const folder = mkdtempSync(join(tmpdir(), "service-hall-font-"));
const app = await _electron.launch({
  executablePath: await prepareElectronApp(join(import.meta.dirname, "../preview/window")),
  args: electronArgs(),
  env: { ...process.env, PREVIEW_USER_DATA: folder },
});
try {
  const page = await app.firstWindow();
  const made = await page.evaluate(draw, { chars: wanted, dots: DOTS });
  writeFileSync(FILE, `${[...known, ...made].sort().join("\n")}\n`);
} finally {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}
