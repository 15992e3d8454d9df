import { expect, test, type CDPSession, type ConsoleMessage } from "@playwright/test";
import {
  countLogged,
  expectUntouched,
  filesBelow,
  layOver,
  markDocument,
  visibleWindows,
  textOf,
} from "./helpers/attack.ts";
import { APP_PAGE, launchTerminal, type LaunchedTerminal } from "./helpers/electron.ts";
import { hand, press, programsOnDisplay, windowOf } from "./helpers/hand.ts";
import { startHostileNode, type HostileNode } from "./helpers/hostile-node.ts";
import { openPlainWindow } from "./helpers/plain-window.ts";

/*
 * Section E of the security list: a locked kiosk as it stands in the hall, and a hand at its keyboard, its mouse and its touch
 * screen. Keys are stroked at the X server, so that window manager, menu and browser all have their chance.
 */
let node: HostileNode;
let kiosk: LaunchedTerminal;
let touch: CDPSession;

test.beforeAll(async () => {
  node = await startHostileNode();
  kiosk = await launchTerminal({ role: "kiosk", node: node.url, enrol: "KIOSK1" });
  touch = await kiosk.page.context().newCDPSession(kiosk.page);
  await expect
    .poll(() => kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null))
    .toBe(true);
  await kiosk.page.evaluate(() => {
    const keys: string[] = [];
    Object.assign(window, { __keys: keys });
    addEventListener("keydown", ({ key }) => keys.push(key), true);
  });
});

test.beforeEach(async () => {
  await passTime(11_000);
  await keysOfPage();
  await markDocument(kiosk.page);
});

test.afterAll(async () => {
  await kiosk.close();
  await node.stop();
});

/** Lets time go by for the program and its page at once. */
const passTime = async (ms: number): Promise<void> => {
  const ahead = (by: number) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + by;
  };
  await kiosk.app.evaluate((_electron, by) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + by;
  }, ms);
  await kiosk.page.evaluate(ahead, ms);
};

/** Keys that came to the page since it was asked last. */
const keysOfPage = (): Promise<string[]> =>
  kiosk.page.evaluate(() => (Reflect.get(window, "__keys") as string[]).splice(0));

const lastKey = () => kiosk.page.evaluate(() => (Reflect.get(window, "__keys") as string[]).at(-1));

const standing = () =>
  kiosk.app.evaluate(({ BrowserWindow }) => {
    const [window, ...others] = BrowserWindow.getAllWindows();
    return {
      url: window?.webContents.getURL().replace(/#.*$/, ""),
      zoom: window?.webContents.getZoomFactor(),
      canGoBack: window?.webContents.navigationHistory.canGoBack(),
      hasTools: window?.webContents.isDevToolsOpened(),
      isKiosk: window?.isKiosk(),
      isOnTop: window?.isAlwaysOnTop(),
      isFocused: window?.isFocused(),
      others: others.length,
    };
  });
/** It takes half a second; a machine that does much else at once takes longer. */
const BACK_MS = 10_000;

const AS_IT_STANDS = {
  url: APP_PAGE,
  zoom: 1,
  canGoBack: false,
  hasTools: false,
  isKiosk: true,
  isOnTop: true,
  isFocused: true,
  others: 0,
};
const scale = () => kiosk.page.evaluate(() => [visualViewport?.scale, devicePixelRatio]);

const REFUSED = [
  ..."F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12".split(" "),
  ..."r w t n l p s o u h j d f g plus minus 0 equal Tab F4 F5 Page_Up Page_Down"
    .split(" ")
    .map((key) => `ctrl+${key}`),
  ..."r n i j c t Delete Tab".split(" ").map((key) => `ctrl+shift+${key}`),
  ..."Left Right Home d f".split(" ").map((key) => `alt+${key}`),
  ..."r l Tab".split(" ").map((key) => `super+${key}`),
  ..."XF86Back XF86Forward XF86HomePage XF86Search XF86Reload XF86Favorites XF86Stop".split(" "),
  ..."Menu shift+F10 ctrl+alt+Delete ctrl+alt+F2 Print".split(" "),
];

test("S41 S59 no stroke of a keyboard gets out, and none starts a program", async () => {
  const [windows, programs] = [visibleWindows(), programsOnDisplay()];
  for (const combination of REFUSED) {
    press(combination);
    // Each by itself: S56 is not to help.
    await passTime(1_500);
    await expect.poll(standing, { timeout: BACK_MS, intervals: [50], message: combination }).toEqual(AS_IT_STANDS);
  }
  press("Escape", "a");
  await expect
    .poll(() => kiosk.page.evaluate(() => (Reflect.get(window, "__keys") as string[]).includes("a")))
    .toBe(true);
  const modifiers = ["Control", "Shift", "Alt", "Meta", "Super"];
  expect((await keysOfPage()).filter((key) => !modifiers.includes(key))).toEqual(["Escape", "a"]);
  await expect
    .poll(() => countLogged(kiosk, "security.key"), "the strokes came to the program")
    .toBeGreaterThan(REFUSED.length * 0.9);
  expect(countLogged(kiosk, "security.paused")).toBe(0);
  expect(await standing()).toEqual(AS_IT_STANDS);
  expect(visibleWindows()).toEqual(windows);
  expect(programsOnDisplay()).toEqual(programs);
  await expectUntouched(kiosk, 1);
});

const tap = async (points: readonly { x: number; y: number }[], heldMs = 0): Promise<void> => {
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [...points] });
  if (heldMs > 0) await kiosk.page.waitForTimeout(heldMs);
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
};

test("S45 no menu under a finger or a mouse, nothing can be marked or dragged", async () => {
  const before = visibleWindows();
  await layOver(kiosk.page, "img", "left:600px;top:600px;width:100px;height:100px;background:#888", {
    src: "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=",
  });
  await kiosk.page.evaluate(() => {
    const dragged: boolean[] = [];
    Object.assign(window, { __dragged: dragged });
    addEventListener("dragstart", ({ defaultPrevented }) => dragged.push(defaultPrevented));
  });
  const text = await kiosk.page.evaluate(() => {
    const { x, y, height } = document.querySelector("h1, .public-header-name")!.getBoundingClientRect();
    return { x: Math.round(x) + 8, y: Math.round(y + height / 2) };
  });
  hand("mousemove", text.x, text.y, "click", 3, "click", "--repeat", 3, "--delay", 40, 1);
  await tap([text], 800);
  hand("mousemove", text.x, text.y, "mousedown", 1, "mousemove", 700, 500, "mouseup", 1);
  press("ctrl+a");
  hand("mousemove", 650, 650, "mousedown", 1, "mousemove", 660, 660, "mousemove", 900, 400, "mouseup", 1);
  await expect.poll(() => kiosk.page.evaluate(() => Reflect.get(window, "__dragged") as boolean[])).toEqual([true]);
  expect(await kiosk.page.evaluate(() => getSelection()?.toString())).toBe("");
  expect(visibleWindows()).toEqual(before);
  await kiosk.page.evaluate(() => document.getElementById("attack")?.remove());
  await expectUntouched(kiosk, 1);
});

test("S46 a page cannot open the system's print dialog, nor can a frame in it", async () => {
  const before = visibleWindows();
  const refused: string[] = [];
  const listen = (message: ConsoleMessage): void => {
    if (message.text().includes("Ignored call to 'print()'")) refused.push(message.text());
  };
  kiosk.page.on("console", listen);
  await kiosk.page.evaluate(() => {
    // In a task of its own: a dialog would hold up whoever asked.
    setTimeout(() => print());
    const frame = document.createElement("iframe");
    document.body.append(frame);
    setTimeout(() => {
      frame.contentWindow?.print();
      frame.remove();
    });
  });
  await expect.poll(() => refused, "of the page and of the frame").toHaveLength(2);
  kiosk.page.off("console", listen);
  await expectUntouched(kiosk, 1);
  expect(visibleWindows()).toEqual(before);
});

test("S47 neither wheel nor fingers make anything larger or turn a page", async () => {
  const before = await scale();
  await kiosk.page.evaluate(() => history.pushState(null, "", "#attack"));
  hand("mousemove", 640, 400, "keydown", "ctrl", "click", "--repeat", 5, 4, "keyup", "ctrl");
  const [x, y] = [640, 400];
  // Two fingers, apart and together: Chromium's own synthetic pinch enlarges nothing even where pinching is on.
  const fingers = (apart: number) => [
    { x: x - apart, y, id: 0 },
    { x: x + apart, y, id: 1 },
  ];
  for (const way of [
    [40, 120, 200, 340],
    [340, 200, 120, 40],
  ]) {
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(way[0]!) });
    for (const apart of way)
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(apart) });
    expect(await scale()).toEqual(before);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }
  for (let times = 0; times < 2; times += 1) await tap([{ x, y }]);
  for (const [from, by] of [
    [2, 900],
    [1_278, -900],
  ] as const)
    await touch.send("Input.synthesizeScrollGesture", {
      x: from,
      y,
      xDistance: by,
      speed: 4_000,
      gestureSourceType: "touch",
    });
  await expectUntouched(kiosk, 1);
  expect(await scale()).toEqual(before);
  expect(await kiosk.page.evaluate(() => location.hash)).toBe("#attack");
  expect(await kiosk.app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getZoomLevel())).toBe(0);
  await kiosk.page.evaluate(() => history.back());
  await expect.poll(() => kiosk.page.evaluate(() => location.hash)).toBe("");
});

test("S48 put away, moved or behind another window, it is back in front by itself", async () => {
  const own = await windowOf(/自助取号/);
  const back = async (after: string) => {
    await expect.poll(standing, { timeout: BACK_MS, intervals: [50], message: after }).toMatchObject({
      isKiosk: true,
      isOnTop: true,
      isFocused: true,
    });
    await expect
      .poll(() => visibleWindows().some((title) => title.includes("自助取号")), { timeout: BACK_MS })
      .toBe(true);
  };
  const bounds = () => kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  const place = await bounds();
  hand("windowminimize", own);
  await back("minimised");
  hand("windowmove", own, 300, 200);
  hand("windowsize", own, 400, 300);
  await back("moved");
  await expect.poll(bounds, { timeout: BACK_MS, intervals: [50] }).toEqual(place);
  for (const combination of ["alt+Escape", "alt+Tab", "super+d"]) {
    press(combination);
    await back(combination);
  }
  const other = await openPlainWindow();
  try {
    await other.page.bringToFront();
    const id = await windowOf(/preview/);
    hand("windowactivate", id, "windowraise", id);
    await back("another window");
  } finally {
    await other.close();
  }
  await expectUntouched(kiosk, 1);
});

test("S53 what one person has copied or marked, the next cannot paste", async () => {
  const typed = "11010519491231002X";
  const field = () => kiosk.page.evaluate(() => document.querySelector<HTMLInputElement>("#attack")!.value);
  const lay = async () => {
    await layOver(kiosk.page, "input", "left:200px;top:200px;width:300px;height:60px");
    await kiosk.page.evaluate(() => document.getElementById("attack")?.focus());
  };
  await kiosk.app.evaluate(({ clipboard }) => clipboard.clear());
  await lay();
  hand("type", "--delay", 5, typed);
  await expect.poll(field).toBe(typed);
  press("ctrl+a", "ctrl+c", "ctrl+x");
  await lay();
  press("ctrl+v", "shift+Insert");
  hand("mousemove", 300, 230, "click", 2);
  press("z");
  await expect.poll(field).toBe("z");
  expect(await kiosk.app.evaluate(({ clipboard }) => clipboard.readText())).toBe("");
  await kiosk.page.evaluate(() => document.getElementById("attack")?.remove());
});

test("S55 what was typed into a form is not remembered for the next person", async () => {
  const typed = "wanglihua88";
  const before = visibleWindows().length;
  for (const round of [1, 2]) {
    await kiosk.page.evaluate(() => {
      const form = document.createElement("form");
      form.id = "attack";
      form.innerHTML =
        '<input name="username" autocomplete="username"><input name="password" type="password" autocomplete="current-password"><button>x</button>';
      form.style.cssText = "position:fixed;left:100px;top:100px;z-index:99999;background:#fff";
      form.onsubmit = (event) => event.preventDefault();
      document.body.append(form);
      form.querySelector("input")?.focus();
    });
    if (round === 2) {
      await keysOfPage();
      press("w", "Down", "Return");
      await expect.poll(lastKey).toBe("Enter");
      expect(await kiosk.page.evaluate(() => document.querySelector<HTMLInputElement>("#attack input")?.value)).toBe(
        "w",
      );
      press("BackSpace");
    }
    hand("type", "--delay", 5, typed);
    press("Tab");
    hand("type", "--delay", 5, typed);
    press("Return");
    const values = () =>
      kiosk.page.evaluate(() =>
        [...document.querySelectorAll<HTMLInputElement>("#attack input")].map(({ value }) => value),
      );
    await expect.poll(values).toEqual([typed, typed]);
    expect(visibleWindows()).toHaveLength(before);
    await kiosk.page.evaluate(() => document.getElementById("attack")?.remove());
  }
  await kiosk.app.evaluate(({ session }) => session.fromPartition("persist:public").flushStorageData());
  const files = filesBelow(kiosk.userData);
  expect(files.filter((file) => /Login Data|Web Data|History|Top Sites/.test(file))).toEqual([]);
  expect(files.filter((file) => textOf(file).includes(typed))).toEqual([]);
});

test("S56 whoever tries key after key is counted, told of, and waits ten seconds; a hand that leans on a key is not", async () => {
  const facts = () =>
    kiosk.page.evaluate(() =>
      (Reflect.get(window, "terminal") as Record<string, () => Promise<unknown>>)["terminal.facts"]?.(),
    );
  const strokes = countLogged(kiosk, "security.key");
  hand("keydown", "F6");
  await kiosk.page.waitForTimeout(1_500);
  hand("keyup", "F6");
  await expect.poll(() => countLogged(kiosk, "security.key")).toBe(strokes + 1);
  expect(await facts()).toMatchObject({ escapeTriedMs: null });

  const dialog = kiosk.page.getByRole("alertdialog");
  press(..."F1 F2 F3 ctrl+r ctrl+w ctrl+p".split(" "));
  await expect.poll(() => countLogged(kiosk, "security.key")).toBe(strokes + 7);
  expect(countLogged(kiosk, "security.paused")).toBe(0);
  await expect(dialog).toBeHidden();
  press(..."F7 F8 alt+Left ctrl+shift+i".split(" "));
  await expect(dialog).toContainText("请稍等片刻");
  await expect(dialog.getByRole("timer")).toContainText("秒");
  await kiosk.page.screenshot({ path: test.info().outputPath("paused.png") });
  expect(countLogged(kiosk, "security.paused")).toBe(1);
  expect(await facts()).toMatchObject({ escapeTriedMs: expect.any(Number) });
  await keysOfPage();
  press("b", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10");
  await expect(kiosk.page.locator(".public-inner")).toHaveAttribute("inert");
  await passTime(10_000);
  await expect(dialog).toBeHidden();
  press("c");
  await expect.poll(keysOfPage).toEqual(["c"]);
  expect(countLogged(kiosk, "security.paused"), "tries while it rests do not make it longer").toBe(1);
});

test("S49 nobody closes it, and it opens again when its page does", async () => {
  press("alt+F4", "alt+F4");
  await expectUntouched(kiosk, 1);
  expect(await standing()).toEqual(AS_IT_STANDS);
  const opened = countLogged(kiosk, "window.opened");
  await kiosk.page.evaluate(() => close());
  await expect.poll(() => countLogged(kiosk, "window.opened")).toBe(opened + 1);
  await expect.poll(standing, { timeout: 5_000 }).toEqual(AS_IT_STANDS);
});
