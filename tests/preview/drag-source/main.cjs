// Another program on the same display, from which a hand drags a file.
const { app, BrowserWindow, ipcMain, nativeImage } = require("electron");

require("../../helpers/attach-before-ready.cjs");

const SIDE = 16;
const PAGE = `<title>drag source</title>
<body draggable="true" style="margin: 0; height: 100vh; background: orange">
<script>
  document.body.ondragstart = (event) => {
    event.preventDefault();
    require("electron").ipcRenderer.send("drag");
  };
</script>`;

app.setPath("userData", process.env.PREVIEW_USER_DATA);
app.on("window-all-closed", () => app.quit());
ipcMain.on("drag", (event) => {
  const icon = nativeImage.createFromBuffer(Buffer.alloc(SIDE * SIDE * 4, 255), { width: SIDE, height: SIDE });
  event.sender.startDrag({ file: process.env.DRAGGED_FILE, icon });
});
app.whenReady().then(() => {
  const [x, y, width, height] = process.env.DRAG_BOUNDS.split(",").map(Number);
  const window = new BrowserWindow({
    x,
    y,
    width,
    height,
    frame: false,
    alwaysOnTop: true,
    webPreferences: { nodeIntegration: true, contextIsolation: false },
  });
  return window.loadURL(`data:text/html,${encodeURIComponent(PAGE)}`);
});
