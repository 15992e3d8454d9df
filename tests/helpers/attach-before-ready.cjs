/*
 * Required first in the main process of a program that Playwright launches. Playwright attaches to the browser after the process
 * has started; a window that opens in the same moment is at times missed (its first navigation is told to nobody), and the
 * launch then waits until it times out: one start in sixty with two programs side by side. So the program becomes ready only
 * when Playwright says that it is attached, as with its own loader, which cannot be given to a packaged program.
 */
const { app } = require("electron");

if (process.argv.includes("--inspect=0")) {
  const reallyReady = app.whenReady();
  let attached;
  const ready = Promise.all([reallyReady, new Promise((resolve) => (attached = resolve))]).then(([event]) => event);
  app.whenReady = () => ready;
  globalThis.__playwright_run = async () => {
    attached();
    await ready;
  };
}
