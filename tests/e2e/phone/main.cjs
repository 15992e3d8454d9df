// Somebody's phone: one small window that opens the address of a QR code, and nothing of the product in it.
const { app, BrowserWindow } = require("electron");

app.setPath("userData", process.env.PHONE_USER_DATA);
app.on("window-all-closed", () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 390,
    height: 844,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  window.setMenu(null);
  return window.loadURL(process.env.PHONE_URL);
});
