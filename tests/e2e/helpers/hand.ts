import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { expect } from "@playwright/test";

/** What a hand does at the display, through the X server and its window manager: not by way of the page. */
export const hand = (...args: readonly (string | number)[]): string =>
  execFileSync("xdotool", args.map(String), { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

/** Strokes one combination after another, as xdotool names them. */
export const press = (...combinations: readonly string[]): string => hand("key", ...combinations);

const findWindow = (title: RegExp): string | undefined => {
  try {
    return hand("search", "--onlyvisible", "--name", ".")
      .split("\n")
      .find((id) => title.test(hand("getwindowname", id)));
  } catch {
    return undefined; // any window that goes while it is asked makes the whole search fail
  }
};

/** The X window with this title, once it is there. */
export const windowOf = async (title: RegExp): Promise<string> => {
  let found: string | undefined;
  await expect.poll(() => (found = findWindow(title)), { message: `window ${title.source}` }).toBeDefined();
  return found!;
};

/** Programs that run on this display, by their files. */
export const programsOnDisplay = (): string[] => {
  const display = `DISPLAY=${process.env["DISPLAY"] ?? ""}`;
  const found = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const isHere = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(display);
        return isHere ? [readlinkSync(`/proc/${pid}/exe`)] : [];
      } catch {
        return []; // ended meanwhile, or a thread of the kernel
      }
    });
  return [...new Set(found)].sort();
};
