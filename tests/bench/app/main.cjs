// A window and nothing else: the place where the references and our own store run, locked like the product's windows.
const { app, BrowserWindow } = require("electron");

app.setPath("userData", process.env.BENCH_USER_DATA);
app.on("window-all-closed", () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({
    x: Number(process.env.BENCH_X ?? 0),
    y: 0,
    width: 1200,
    height: 760,
    // Two terminals on one virtual screen: a covered one must not be slowed as if nobody stood before it.
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, backgroundThrottling: false },
  });
  window.setMenu(null);
  return window.loadURL(process.env.BENCH_URL);
});
