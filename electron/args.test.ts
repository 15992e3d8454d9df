import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseArgs, parseLink, withoutSetup } from "./args.ts";
import { isHeldKey, isKeyRefused } from "./security/keyboard-lock.ts";
import { findForbiddenSwitches } from "./security/switches.ts";

describe("command line", () => {
  it("reads the program's own options and passes Chromium's over", () => {
    const parsed = parseArgs([
      "--no-sandbox",
      "--inspect=0",
      "--remote-debugging-port=0",
      ".",
      "--role=kiosk",
      "--node",
      "http://127.0.0.1:1",
      "--bounds",
      "-10,0,640,480",
      "--windowed",
    ]);
    expect(parsed).toMatchObject({
      ok: true,
      value: { role: "kiosk", nodeUrl: "http://127.0.0.1:1", bounds: { x: -10, width: 640 }, windowed: true },
    });
  });

  it("does not ask for set-up again once that has done its work", () => {
    const place = ["--windowed", "--user-data", "setup"];
    for (const role of [["--role", "setup"], ["--role=setup"]])
      expect(withoutSetup([".", ...role, ...place])).toEqual([".", ...place]);
    const kiosk = [".", "--role", "kiosk", ...place];
    expect(withoutSetup(kiosk)).toEqual(kiosk);
  });

  it("answers whatever is on the command line, and takes nothing for a link that leaves the desk (S24)", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "--open",
        "--role",
        "--node",
        "--bounds=",
        "app://service-hall/../x",
        "javascript:alert(1)",
        "%00",
        "\u202e",
      ),
      fc.string({ maxLength: 20 }).map((text) => `--open=https://hall#/${text}`),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (argv) => {
        const parsed = parseArgs(argv);
        if (parsed.ok && parsed.value.openAt !== null) expect(parsed.value.openAt).toMatch(/^#\/[\w/%.~-]*$/);
        if (!parsed.ok) expect(parsed.error).toMatch(/\.$/);
        for (const text of argv) expect(parseLink(text) ?? "#/").toMatch(/^#\/[\w/%.~-]*$/);
      }),
      { numRuns: 500 },
    );
  });

  it("takes a link of the desk, whichever center served it, and nothing else", () => {
    const openAt = (link: string) => {
      const parsed = parseArgs(["--open", link]);
      return parsed.ok ? parsed.value.openAt : null;
    };
    expect(openAt("https://10.1.2.3:4800/desk#/ledgers/walk/0190-ab")).toBe("#/ledgers/walk/0190-ab");
    expect(openAt("#/cases/c1")).toBe("#/cases/c1");
    for (const wrong of ["https://evil.example/", '#/x"y', "#/<b>", "javascript:alert(1)"])
      expect(openAt(wrong)).toBeNull();
  });

  it.each([[["--role", "boss"]], [["--bounds", "1,2"]], [["--node"]], [["--enrol", "--windowed"]]])(
    "refuses %j with a sentence",
    (argv) => {
      expect(parseArgs(argv).ok).toBe(false);
    },
  );

  it("finds the switches that take a lock away, in every spelling", () => {
    const argv = [
      "--Remote-Debugging-Port=9222",
      "-r",
      "/no-sandbox",
      "--role",
      "kiosk",
      "--js-flags=--x",
      "--enable-logging",
    ];
    expect(findForbiddenSwitches(argv, false)).toEqual([
      "remote-debugging-port",
      "r",
      "no-sandbox",
      "js-flags",
      "enable-logging",
    ]);
    expect(findForbiddenSwitches(["--no-sandbox"], true)).toEqual([]);
    expect(findForbiddenSwitches(["--role", "window", "--user-data", "/a", "--node", "https://x"], false)).toEqual([]);
  });
});

describe("keyboard", () => {
  const key = (text: string) => {
    const parts = text.split("+");
    const name = parts.at(-1) ?? "";
    return {
      type: "keyDown" as const,
      key: name,
      control: parts.includes("Ctrl"),
      alt: parts.includes("Alt"),
      meta: parts.includes("Meta"),
      shift: parts.includes("Shift"),
    };
  };

  it.each(
    "F1 F5 F11 F12 Ctrl+r Ctrl+Shift+R Ctrl+w Ctrl+t Ctrl+n Ctrl+p Ctrl+s Ctrl+o Ctrl+u Ctrl+0 Ctrl+Tab Ctrl+Shift+I Ctrl+Shift+Delete Alt+F4 Alt+ArrowLeft Alt+Home Alt+d Meta+r BrowserBack BrowserHome ContextMenu PrintScreen Ctrl+Shift+c \0".split(
      " ",
    ),
  )("refuses %s on a public screen", (text) => {
    expect(isKeyRefused(key(text), "public")).toBe(true);
  });

  it.each([
    "a",
    "A",
    "1",
    "Enter",
    "Backspace",
    "Tab",
    "ArrowLeft",
    "Escape",
    "Ctrl+c",
    "Ctrl+v",
    "Control",
    "Ctrl+Alt+e",
  ])("lets %s through on a public screen", (text) => {
    expect(isKeyRefused(key(text), "public")).toBe(false);
  });

  it("takes a key that only changes what another one means for no key of its own", () => {
    for (const name of ["Control", "Shift", "Alt", "Meta", "AltGraph"])
      expect(isHeldKey({ key: name }), name).toBe(true);
    for (const name of ["F1", "a", "Escape"]) expect(isHeldKey({ key: name }), name).toBe(false);
  });

  it("leaves staff their function keys and takes the browser's combinations", () => {
    for (const text of ["F1", "F5", "F8", "F12", "Ctrl+c", "Ctrl+f", "Alt+1"])
      expect(isKeyRefused(key(text), "staff"), text).toBe(false);
    for (const text of ["Ctrl+r", "Ctrl+w", "Ctrl+p", "Ctrl+Shift+I", "Ctrl+-"])
      expect(isKeyRefused(key(text), "staff"), text).toBe(true);
  });
});
