// A window and nothing else, in the same browser as the product's: the place where previews of screens are looked at in tests.
const { app, BrowserWindow } = require("electron");

require("../../helpers/attach-before-ready.cjs");

app.setPath("userData", process.env.PREVIEW_USER_DATA);
app.on("window-all-closed", () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1920,
    height: 1080,
    frame: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, backgroundThrottling: false },
  });
  return window.loadURL("about:blank");
});
