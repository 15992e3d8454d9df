// A window and nothing else: the place where the references and our own store run, locked like the product's windows,
// with pages from the product's own origin.
const { readFile } = require("node:fs/promises");
const { extname, join } = require("node:path");
const { app, BrowserWindow, protocol, session } = require("electron");

require("../../helpers/attach-before-ready.cjs");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json" };

protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
]);
app.setPath("userData", process.env.BENCH_USER_DATA);
app.on("window-all-closed", () => app.quit());
app.whenReady().then(() => {
  const partition = process.env.BENCH_PARTITION ?? "persist:bench";
  session.fromPartition(partition).protocol.handle("app", async ({ url }) => {
    const name = new URL(url).pathname.slice(1);
    const body = await readFile(join(process.env.BENCH_PAGE, name));
    return new Response(body, { headers: { "content-type": `${TYPES[extname(name)]}; charset=utf-8` } });
  });
  const window = new BrowserWindow({
    x: Number(process.env.BENCH_X ?? 0),
    y: 0,
    width: 1200,
    height: 760,
    // Two terminals on one virtual screen: a covered one must not be slowed as if nobody stood before it.
    webPreferences: {
      partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  window.setMenu(null);
  return window.loadURL("app://service-hall/index.html");
});
