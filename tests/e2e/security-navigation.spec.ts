import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import {
  fingerprintOf,
  makeAuthority,
  makeServerCertificate,
  vouchForSuccessor,
  type Certified,
} from "../../center/tls/certificate.ts";
import { authorityLetters } from "../../shared/contract/enrol-code.ts";
import { freePort } from "../helpers/free-port.ts";
import { APP_PAGE, launchTerminal, newUserData, type LaunchedTerminal } from "./helpers/electron.ts";
import { countLogged, expectUntouched, layOver, markDocument, visibleWindows } from "./helpers/attack.ts";
import { startHostileNode, startHostileTlsNode, type HostileNode } from "./helpers/hostile-node.ts";

/** Section C of the security list: navigation, new windows, the outside. */
let node: HostileNode;
let kiosk: LaunchedTerminal;
let folder: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "service-hall-attack-"));
  // Whatever would open a program of the desktop leaves a trace instead.
  for (const name of ["xdg-open", "gio", "kde-open", "gnome-open", "x-www-browser"]) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> ${join(folder, "opened")}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  mkdirSync(join(folder, "downloads"));
  node = await startHostileNode();
  kiosk = await launchTerminal({
    role: "kiosk",
    node: node.url,
    enrol: "KIOSK1",
    windowed: true,
    env: { PATH: `${folder}:${process.env["PATH"] ?? ""}`, XDG_DOWNLOAD_DIR: join(folder, "downloads") },
  });
  await kiosk.app.evaluate(
    ({ app, shell }, downloads) => {
      app.setPath("downloads", downloads);
      const calls: string[] = [];
      Object.assign(globalThis, { __opened: calls });
      Object.assign(shell, { openExternal: (url: string) => Promise.resolve(void calls.push(url)) });
    },
    join(folder, "downloads"),
  );
});

test.beforeEach(async () => {
  await markDocument(kiosk.page);
});

test.afterAll(async () => {
  await kiosk.close();
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
});

const TARGETS = [
  "https://evil.test/",
  "http://127.0.0.1:9/",
  "file:///etc/passwd",
  "data:text/html,<h1>evil</h1>",
  "chrome://gpu",
  "view-source:app://service-hall/index.html",
  "devtools://devtools/bundled/inspector.html",
  "chrome-extension://abc/x.html",
  "app://other-host/index.html",
  "app://service-hall/",
  "app://service-hall/../index.html?x",
  "ftp://evil.test/",
  "mailto:evil@evil.test",
  "tel:110",
  "sms:110",
  "ms-settings:privacy",
  "search-ms:query=x",
  "vbscript:msgbox(1)",
  "javascript:document.body.remove()",
  "\\\\evil.test\\share\\x",
  "steam://run/1",
];

test("S20 no way of navigating leaves our page", async () => {
  const before = countLogged(kiosk, "security.navigation");
  for (const target of TARGETS)
    await test.step(target, async () => {
      await kiosk.page.evaluate((url) => {
        try {
          location.href = url;
        } catch {
          // Refused by the page itself.
        }
      }, target);
      await expectUntouched(kiosk, 1);
      await kiosk.page.evaluate((url) => {
        const link = document.createElement("a");
        link.href = url;
        link.target = "_self";
        document.body.append(link);
        link.click();
        link.remove();
      }, target);
      await expectUntouched(kiosk, 1);
    });
  for (const [name, attack] of Object.entries({
    "meta refresh": () => {
      const meta = document.createElement("meta");
      meta.httpEquiv = "refresh";
      meta.content = "0;url=https://evil.test/";
      document.head.append(meta);
    },
    blob: () => {
      location.href = URL.createObjectURL(new Blob(["<h1>evil</h1>"], { type: "text/html" }));
    },
    replace: () => {
      location.replace("https://evil.test/");
    },
    "document.open": () => {
      try {
        window.open("https://evil.test/", "_self");
      } catch {
        // Refused.
      }
    },
    form: () => {
      const form = document.createElement("form");
      form.action = "https://evil.test/";
      document.body.append(form);
      form.submit();
      form.remove();
    },
    frame: () => {
      const frame = document.createElement("iframe");
      frame.srcdoc =
        "<script>top.location='https://evil.test/'</script><a id=a target=_top href='https://evil.test/'>x</a>";
      document.body.append(frame);
      setTimeout(() => {
        frame.contentDocument?.getElementById("a")?.click();
        frame.remove();
      }, 50);
    },
  }))
    await test.step(name, async () => {
      await kiosk.page.evaluate(attack);
      await expectUntouched(kiosk, 1);
    });
  await test.step("redirect of the node", async () => {
    await kiosk.page.evaluate((url) => {
      location.href = `${url}/redirect`;
    }, node.url);
    await expectUntouched(kiosk, 1);
    expect(
      await kiosk.page.evaluate(
        (url) =>
          fetch(`${url}/redirect`).then(
            () => "followed",
            () => "refused",
          ),
        node.url,
      ),
    ).toBe("refused");
  });
  await test.step("an address that only looks like ours is not loaded", async () => {
    const refused = countLogged(kiosk, "security.navigation");
    await kiosk.page.evaluate(() => {
      history.pushState(null, "", "/attack");
      location.reload();
    });
    await expect.poll(() => countLogged(kiosk, "security.navigation")).toBe(refused + 1);
    await kiosk.page.evaluate(() => history.back());
    await expect.poll(() => kiosk.page.url().replace(/#.*$/, "")).toBe(APP_PAGE);
    await expectUntouched(kiosk, 1);
  });
  await test.step("about:blank announces itself only when it is there: our page is put back", async () => {
    await kiosk.page.evaluate(() => {
      location.href = "about:blank";
    });
    await expect.poll(() => kiosk.page.evaluate(() => location.href).catch(() => "")).toBe(APP_PAGE);
    expect(await kiosk.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });
  await expect.poll(() => countLogged(kiosk, "security.navigation")).toBeGreaterThan(before + TARGETS.length);
});

test("S21 no new window, however asked for", async () => {
  for (const target of TARGETS) {
    const opened = await kiosk.page.evaluate((url) => {
      try {
        return window.open(url, "_blank", "width=100,height=100") !== null;
      } catch {
        return false;
      }
    }, target);
    expect(opened, target).toBe(false);
  }
  await kiosk.page.evaluate(() => {
    const link = document.createElement("a");
    link.id = "attack";
    link.href = "https://evil.test/";
    link.textContent = "attack";
    link.style.cssText = "position:fixed;left:0;top:0;width:80px;height:40px;z-index:99999;background:#fff";
    document.body.append(link);
  });
  for (const [modifiers, button] of [
    [["Shift"], "left"],
    [["Control"], "left"],
    [["Alt"], "left"],
    [[], "middle"],
    [["Control", "Shift"], "left"],
  ] as const) {
    for (const modifier of modifiers) await kiosk.page.keyboard.down(modifier);
    await kiosk.page.mouse.click(20, 20, { button });
    for (const modifier of modifiers) await kiosk.page.keyboard.up(modifier);
    await expectUntouched(kiosk, 1);
  }
  await kiosk.page.evaluate(() => {
    document.getElementById("attack")?.remove();
    const form = document.createElement("form");
    form.action = "https://evil.test/";
    form.target = "_blank";
    document.body.append(form);
    form.submit();
    form.remove();
  });
  await expectUntouched(kiosk, 1);
});

test("S22 S23 no program of the desktop is started for a link", async () => {
  expect(await kiosk.app.evaluate(() => Reflect.get(globalThis, "__opened") as string[])).toEqual([]);
  expect(existsSync(join(folder, "opened")) ? readFileSync(join(folder, "opened"), "utf8") : "").toBe("");
  const handled = await kiosk.app.evaluate(({ app }) =>
    ["http", "https", "mailto", "tel", "app", "service-hall"].filter((scheme) => app.isDefaultProtocolClient(scheme)),
  );
  expect(handled).toEqual([]);
});

test("S24 a second start with strange arguments neither navigates nor crashes", async () => {
  const strange = [
    "app://service-hall/../x",
    "--role=boss",
    "javascript:alert(1)",
    "--node",
    "%00",
    "'; DROP TABLE",
    "\u202e",
    "-".repeat(3000),
  ];
  await kiosk.app.evaluate(({ app }, list) => {
    for (const text of list) {
      app.emit("second-instance", { preventDefault: () => undefined }, [process.execPath, text], "/", null);
      app.emit("open-url", { preventDefault: () => undefined }, text);
      app.emit("open-file", { preventDefault: () => undefined }, text);
    }
  }, strange);
  await expectUntouched(kiosk, 1);
});

test("S25 a dropped file, link or text changes nothing", async () => {
  for (const [type, value] of [
    ["text/uri-list", "file:///etc/passwd"],
    ["text/uri-list", "https://evil.test/"],
    ["text/html", "<img src=x onerror=alert(1)>"],
  ] as const)
    await kiosk.page.evaluate(
      ([kind, text]) => {
        const data = new DataTransfer();
        data.setData(kind, text);
        for (const name of ["dragenter", "dragover", "drop"])
          document.body.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      [type, value] as const,
    );
  await expectUntouched(kiosk, 1);
});

test("S26 no download comes to the disk", async () => {
  const home = () => readdirSync(join(folder, "downloads"));
  const refused = () => countLogged(kiosk, "security.download") + countLogged(kiosk, "security.navigation");
  const before = refused();
  await kiosk.page.evaluate(async (url) => {
    const click = (href: string, name: string) => {
      const link = document.createElement("a");
      link.href = href;
      link.download = name;
      document.body.append(link);
      link.click();
      link.remove();
    };
    click(URL.createObjectURL(new Blob(["echo evil"])), "evil.sh");
    click("data:text/plain,evil", "evil.txt");
    click(location.href, "page.html");
    click(`${url}/attachment`, "evil2.sh");
    location.href = `${url}/attachment`;
    await new Promise((done) => setTimeout(done, 800));
  }, node.url);
  await expectUntouched(kiosk, 1);
  expect(home()).toEqual([]);
  await expect.poll(refused).toBeGreaterThan(before);
  const downloads = countLogged(kiosk, "security.download");
  await kiosk.app.evaluate(({ webContents }) => {
    webContents.getAllWebContents()[0]?.downloadURL("app://service-hall/index.html");
  });
  await expect.poll(() => countLogged(kiosk, "security.download")).toBeGreaterThan(downloads);
  // What had been let through would be there by then.
  await kiosk.page.waitForTimeout(500);
  expect(home()).toEqual([]);
});

test("S27 no file dialog opens", async () => {
  const before = visibleWindows();
  await layOver(kiosk.page, "input", "left:0;top:0;width:200px;height:60px", { type: "file" });
  await kiosk.page.mouse.click(40, 30);
  await kiosk.page.evaluate(() => {
    document.querySelector<HTMLInputElement>("#attack")?.click();
  });
  const pickers = await kiosk.page.evaluate(() =>
    ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"].filter((name) => name in window),
  );
  await kiosk.page.waitForTimeout(800);
  await kiosk.page.evaluate(() => document.querySelector("#attack")?.remove());
  expect(pickers).toEqual([]);
  expect(visibleWindows()).toEqual(before);
});

test("S28 permissions are refused, by request and by check", async () => {
  const outcomes = await kiosk.page.evaluate(async () => {
    const limit = <T>(work: Promise<T>) =>
      Promise.race([
        work.then(
          () => "granted",
          () => "refused",
        ),
        new Promise<string>((done) => setTimeout(() => done("no answer"), 1_500)),
      ]);
    const win = window as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const nav = navigator as unknown as Record<
      string,
      Record<string, (...args: unknown[]) => Promise<unknown>> | undefined
    >;
    const call = (owner: string, name: string, ...args: unknown[]) => {
      const api = nav[owner];
      return api?.[name] ? limit(api[name](...args)) : Promise.resolve("absent");
    };
    const notification = await Notification.requestPermission();
    return {
      camera: await limit(navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await limit(navigator.mediaDevices.getUserMedia({ audio: true })),
      display: await limit(navigator.mediaDevices.getDisplayMedia()),
      geolocation: await limit(new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail))),
      notifications: notification === "denied" ? "refused" : notification,
      clipboard: await limit(navigator.clipboard.readText()),
      midi: await limit(navigator.requestMIDIAccess({ sysex: true })),
      hid: await call("hid", "requestDevice", { filters: [] }),
      usb: await call("usb", "requestDevice", { filters: [] }),
      serial: await call("serial", "requestPort"),
      bluetooth: await call("bluetooth", "requestDevice", { acceptAllDevices: true }),
      fonts: win["queryLocalFonts"] ? await limit(win["queryLocalFonts"]()) : "absent",
      screens: win["getScreenDetails"] ? await limit(win["getScreenDetails"]()) : "absent",
      fullscreen: await limit(document.documentElement.requestFullscreen()),
      wakeLock: await call("wakeLock", "request", "screen"),
      pointerLock: await limit(
        Promise.resolve((document.body as { requestPointerLock(): unknown }).requestPointerLock()).then(() =>
          document.pointerLockElement ? null : Promise.reject(new Error("not locked")),
        ),
      ),
      keyboardLock: document.fullscreenElement ? "granted" : "refused",
    };
  });
  for (const [name, outcome] of Object.entries(outcomes)) expect(outcome, name).not.toBe("granted");
  const states = await kiosk.page.evaluate(async () => {
    const found: Record<string, string> = {};
    for (const name of [
      "camera",
      "microphone",
      "geolocation",
      "notifications",
      "midi",
      "clipboard-read",
      "idle-detection",
      "local-fonts",
      "window-management",
      "storage-access",
    ])
      found[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => "unknown",
      );
    return found;
  });
  for (const [name, state] of Object.entries(states)) expect(state, name).not.toBe("granted");
  // The one that a terminal needs: its local database must not be thrown away when the disk is short.
  expect(await kiosk.page.evaluate(() => navigator.storage.persist())).toBe(true);
});

test("S29 device choosers answer with no device", async () => {
  const answers = await kiosk.app.evaluate(({ webContents }) => {
    const contents = webContents.getAllWebContents()[0];
    const got: Record<string, unknown> = {};
    if (!contents) return got;
    const event = (name: string) => ({ preventDefault: () => (got[`${name} prevented`] = true) });
    const take = (name: string) => (value?: unknown) => (got[name] = value ?? "");
    const device = { deviceId: "1", deviceName: "x", portId: "p" };
    contents.session.emit("select-hid-device", event("hid"), { deviceList: [device] }, take("hid"));
    contents.session.emit("select-serial-port", event("serial"), [device], contents, take("serial"));
    contents.session.emit("select-usb-device", event("usb"), { deviceList: [device] }, take("usb"));
    contents.emit("select-bluetooth-device", event("bluetooth"), [device], take("bluetooth"));
    return got;
  });
  expect(answers).toEqual({
    hid: "",
    "hid prevented": true,
    serial: "",
    "serial prevented": true,
    usb: "",
    "usb prevented": true,
    bluetooth: "",
    "bluetooth prevented": true,
  });
});

/** What stands on the display and is no screen of ours. */
const strangeWindows = (before: readonly string[]): readonly string[] =>
  visibleWindows().filter((title) => !before.includes(title) && !/装机|自助取号/.test(title));

/** Asks for a device of each kind with a finger on the screen; what the browser says. */
const askForDevices = async ({ page }: LaunchedTerminal): Promise<Readonly<Record<string, string>>> => {
  await page.evaluate(() => {
    const button = document.createElement("button");
    button.style.cssText = "position:fixed;inset:0;z-index:99999";
    button.onclick = () => {
      button.remove();
      const devices = navigator as unknown as Record<string, Record<string, (ask?: object) => Promise<unknown>>>;
      const asks = {
        usb: () => devices["usb"]?.["requestDevice"]?.({ filters: [] }),
        hid: () => devices["hid"]?.["requestDevice"]?.({ filters: [] }),
        serial: () => devices["serial"]?.["requestPort"]?.(),
        bluetooth: () => devices["bluetooth"]?.["requestDevice"]?.({ acceptAllDevices: true }),
        midi: () => navigator.requestMIDIAccess({ sysex: true }),
      };
      const said: Record<string, Promise<string>> = {};
      for (const [name, ask] of Object.entries(asks))
        said[name] = Promise.resolve(ask()).then(
          (found) => (found === undefined ? "absent" : "granted"),
          (error: unknown) => (error as Error).name,
        );
      Object.assign(window, { __devices: said });
    };
    document.body.append(button);
  });
  await page.mouse.click(300, 300);
  return page.evaluate(async () => {
    const said = Reflect.get(window, "__devices") as Record<string, Promise<string>>;
    const found: Record<string, string> = {};
    for (const [name, word] of Object.entries(said)) found[name] = await word;
    return found;
  });
};

test("S29 a page that asks for a device with a finger on it is refused by the policy, before anybody could choose", async () => {
  const staff = await launchTerminal({ role: "setup", windowed: true });
  const before = visibleWindows();
  try {
    for (const screen of [kiosk, staff])
      expect(await askForDevices(screen)).toEqual({
        usb: "SecurityError",
        hid: "SecurityError",
        serial: "SecurityError",
        // A build without it has nothing to refuse.
        bluetooth: expect.stringMatching(/^(absent|SecurityError)$/) as unknown,
        midi: "SecurityError",
      });
    expect(strangeWindows(before)).toEqual([]);
  } finally {
    await staff.close();
  }
});

/** A node at this address whose certificate that authority has made. */
const showCertificateOf = (
  authority: Certified,
  {
    port,
    behind = "",
    asks = false,
  }: { readonly port?: number; readonly behind?: string; readonly asks?: boolean } = {},
): Promise<HostileNode> => {
  const { key, cert } = makeServerCertificate(authority, ["127.0.0.1"], Date.now());
  return startHostileTlsNode(key, cert + authority.cert + behind, port, asks);
};

test("S30 S32 a certificate that nobody vouches for is refused, and no chooser or prompt opens", async () => {
  const tls = await showCertificateOf(makeAuthority("nobody", Date.now()), { asks: true });
  const userData = newUserData();
  const before = visibleWindows();
  const setup = await launchTerminal({ role: "setup", node: tls.url, userData, windowed: true });
  try {
    const outcome = await setup.page.evaluate(async (url) => {
      const bridge = Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => Promise<unknown>>;
      return [
        await bridge["setup.testNode"]?.(url, "KIOSK1"),
        await bridge["setup.enrol"]?.({ nodeUrl: url, code: "KIOSK1", name: "x" }),
        await fetch(`${url}/api/hall`).then(
          () => "answered",
          () => "refused",
        ),
      ];
    }, tls.url);
    expect(outcome).toMatchObject([
      { ok: false, error: { code: "untrusted" } },
      { ok: false, error: { code: "untrusted" } },
      "refused",
    ]);
    expect(tls.asked).toEqual([]);
    const fired = await setup.app.evaluate(({ app, webContents }) => {
      const got: unknown[] = [];
      const event = { preventDefault: () => got.push("prevented") };
      const contents = webContents.getAllWebContents()[0];
      app.emit(
        "certificate-error",
        event,
        contents,
        "https://x",
        "net::ERR_CERT",
        {},
        (trust: unknown) => got.push(trust),
        true,
      );
      app.emit("select-client-certificate", event, contents, "https://x", [{ issuerName: "x" }], (...args: unknown[]) =>
        got.push(args.length),
      );
      return got;
    });
    expect(fired).toEqual(["prevented", false, "prevented", 0]);
    expect(strangeWindows(before)).toEqual([]);
  } finally {
    await setup.close();
    await tls.stop();
    rmSync(userData, { recursive: true, force: true });
  }
});

/** Puts a certificate into the store of the computer's user, and notes who is asked to choose one. */
const importPersonCertificate = async ({ app, userData }: LaunchedTerminal): Promise<void> => {
  const [key, cert, file] = ["key", "crt", "p12"].map((name) => join(userData, `person.${name}`)) as [
    string,
    string,
    string,
  ];
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-subj",
    "/CN=person",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    cert,
  );
  openssl("pkcs12", "-export", "-inkey", key, "-in", cert, "-out", file, "-passout", "pass:x");
  const outcome = await app.evaluate(async ({ app: program }, certificate) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { __choosers: asked });
    program.on("select-client-certificate", (event, _contents, _url, list) => {
      asked.push([list[0]?.subjectName, event.defaultPrevented]);
    });
    return new Promise<number>((done) => program.importCertificate({ certificate, password: "x" }, done));
  }, file);
  expect(outcome, "the certificate is in the store").toBe(0);
};

test("S30 S32 an enrolled terminal believes the authority of its hall and no other, and says so", async () => {
  const hall = makeAuthority("hall", Date.now());
  let node = await showCertificateOf(hall, { port: await freePort() });
  const { url } = node;
  const home = mkdtempSync(join(tmpdir(), "service-hall-home-"));
  const desk = await launchTerminal({ role: "setup", windowed: true, env: { HOME: home } });
  try {
    const enrol = (letters: string): Promise<unknown> =>
      desk.app.windows()[0]?.evaluate(
        ([nodeUrl, code]) =>
          (Reflect.get(window, "terminal") as Record<string, (args: unknown) => Promise<unknown>>)["setup.enrol"]?.({
            nodeUrl,
            code,
            name: "desk",
          }),
        [url, `desk1-${letters}`],
      ) ?? Promise.reject(new Error("no window"));
    const letters = authorityLetters(fingerprintOf(hall.cert));
    const wrongLetters = letters.split("").reverse().join("");
    const test = async (code: string, answer: RegExp): Promise<void> => {
      await desk.page.getByLabel(/注册码/).fill(code);
      await desk.page.getByRole("button", { name: "测试连接" }).click();
      await expect(desk.page.getByRole("status").filter({ hasText: answer })).toBeVisible({ timeout: 10_000 });
    };
    await desk.page.getByLabel(/大厅节点地址/).fill(url);
    await test("", /^→ 服务器已连上。请填写完整的注册码/);
    await test("DESK1", /^✕ 服务器证书与本大厅不符/);
    await test(`DESK1-${wrongLetters}`, /^✕ 服务器证书与本大厅不符/);
    expect(await enrol(wrongLetters)).toMatchObject({ error: { code: "untrusted" } });
    expect(node.asked, "nothing was told to a node that is not the hall's").toEqual([]);
    await test(`desk1-${letters}`, /^✓ 已连上：测试大厅/);
    expect(await enrol(letters)).toEqual({ ok: true, value: { hallName: "测试大厅", role: "desk" } });
    await desk.page
      .evaluate(() => (Reflect.get(window, "terminal") as { "setup.restart"(): Promise<null> })["setup.restart"]())
      .catch(() => undefined);
    // The one window of before is gone, and the new one may change its process while it loads.
    await expect(async () => {
      expect(desk.app.windows()).toHaveLength(1);
      await expect(
        desk.app
          .windows()[0]!
          .getByText(/未连接|离线/)
          .first(),
      ).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 15_000 });
    const page = desk.app.windows()[0]!;
    const ask = () =>
      page.evaluate(
        (from) =>
          fetch(`${from}/api/hall`).then(
            () => "answered",
            () => "refused",
          ),
        url,
      );
    await expect.poll(ask).toBe("answered");
    const port = Number(new URL(url).port);
    const showInstead = async (authority: Certified, behind = "", asks = false): Promise<void> => {
      await node.stop();
      node = await showCertificateOf(authority, { port, behind, asks });
    };
    // The node asks for a certificate, and the computer has one of a person's: nobody is asked, and it is not shown.
    await importPersonCertificate(desk);
    await showInstead(hall, "", true);
    await expect.poll(ask).toBe("answered");
    expect(await desk.app.evaluate(() => Reflect.get(globalThis, "__choosers") as unknown)).toEqual([["person", true]]);
    expect(node.proofs).toEqual([]);
    // Its authority has another one come after it: with its word first, then on its own.
    const successor = makeAuthority("hall 2", Date.now());
    await showInstead(successor, vouchForSuccessor(hall, successor, 30, Date.now()));
    await expect.poll(ask).toBe("answered");
    await showInstead(successor);
    await expect.poll(ask).toBe("answered");
    await showInstead(makeAuthority("hall", Date.now()));
    expect(await ask()).toBe("refused");
    await expect(page.getByText("服务器证书与本大厅不符").first()).toBeVisible({ timeout: 20_000 });
    expect(node.asked).toEqual([]);
    await expect.poll(() => countLogged(desk, "security.certificate")).toBeGreaterThan(0);
  } finally {
    await desk.close();
    await node.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

test("S30 plain http to another computer is refused", async () => {
  const setup = await launchTerminal({ role: "setup", windowed: true });
  try {
    for (const [url, code] of [
      ["http://192.0.2.1:7000", "insecure_url"],
      ["http://127.0.0.1.evil.test", "insecure_url"],
      ["ftp://127.0.0.1", "bad_url"],
      ["javascript:alert(1)", "bad_url"],
      ["http://user:pass@127.0.0.1", "bad_url"],
      ["", "bad_url"],
    ] as const) {
      const outcome = await setup.page.evaluate(async (text) => {
        const bridge = Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => Promise<unknown>>;
        return bridge["setup.testNode"]?.(text, "");
      }, url);
      expect(outcome, url).toMatchObject({ ok: false, error: { code } });
    }
  } finally {
    await setup.close();
  }
});

test("S31 nobody is asked for a password by a server", async () => {
  const before = visibleWindows();
  await kiosk.app.evaluate(({ app }) => {
    const refused: boolean[] = [];
    Object.assign(globalThis, { __logins: refused });
    app.on("login", (event) => refused.push(event.defaultPrevented));
  });
  const status = await kiosk.page.evaluate(
    (url) =>
      fetch(`${url}/basic`, { credentials: "include" }).then(
        ({ status: code }) => code,
        () => 0,
      ),
    node.url,
  );
  expect(status).toBe(401);
  expect(await kiosk.app.evaluate(() => Reflect.get(globalThis, "__logins") as boolean[])).toEqual([true]);
  expect(node.proofs).toEqual([]);
  const fired = await kiosk.app.evaluate(({ app, webContents }) => {
    const got: unknown[] = [];
    app.emit(
      "login",
      { preventDefault: () => got.push("prevented") },
      webContents.getAllWebContents()[0],
      { url: "https://x" },
      { isProxy: true, scheme: "basic", host: "x", port: 1, realm: "x" },
      (...args: unknown[]) => got.push(args.length),
    );
    return got;
  });
  expect(fired).toEqual(["prevented", 0]);
  expect(visibleWindows()).toEqual(before);
});
