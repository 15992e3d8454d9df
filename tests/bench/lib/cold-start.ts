import { spawn } from "node:child_process";
import { once } from "node:events";
import WebSocket from "ws";
import { cleanEnv } from "../../e2e/helpers/electron.ts";

const TIMEOUT_MS = 60_000;

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId: string; readonly targetInfo: { readonly type: string } };
  readonly result?: { readonly exceptionDetails?: unknown };
}

/** Resolves in the page when `selector` is there, enabled, and the next frame after it has been drawn. */
const whenUsable = (selector: string): string => `new Promise((done) => {
  const look = () => {
    const found = document.querySelector(${JSON.stringify(selector)});
    if (!found || found.disabled) return setTimeout(look, 4);
    requestAnimationFrame(() => setTimeout(done, 0));
  };
  look();
})`;

/** Waits over Chromium's own debugging line, without a test tool in between that would slow both sides alike. */
const waitUntilUsable = async (address: string, selector: string): Promise<void> => {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  await once(socket, "open");
  try {
    await new Promise<void>((done, fail) => {
      let id = 0;
      const asked = new Set<number>();
      const send = (method: string, params: object, sessionId?: string): number => {
        id += 1;
        socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
        return id;
      };
      const ask = (sessionId: string): void => {
        const params = { expression: whenUsable(selector), awaitPromise: true };
        asked.add(send("Runtime.evaluate", params, sessionId));
      };
      const sessions = new Set<string>();
      socket.on("message", (data: Buffer) => {
        const { id: answered, method, params, result } = JSON.parse(data.toString()) as Reply;
        if (method === "Target.attachedToTarget" && params?.targetInfo.type === "page") {
          sessions.add(params.sessionId);
          ask(params.sessionId);
        }
        if (answered === undefined || !asked.delete(answered)) return;
        if (result && !result.exceptionDetails) return done();
        // The first, empty document gave way to the page's own while it was asked.
        for (const session of sessions) ask(session);
      });
      socket.once("close", () => fail(new Error("the debugging line was closed")));
      setTimeout(() => fail(new Error(`${selector} did not come`)), TIMEOUT_MS).unref();
      send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    });
  } finally {
    socket.terminate();
  }
};

/** Milliseconds from the start of the process to a window in which `selector` can be used; ends the program again. */
export const coldStart = async (
  executable: string,
  args: readonly string[],
  selector: string,
  env: Readonly<Record<string, string>> = {},
): Promise<number> => {
  const since = performance.now();
  const child = spawn(executable, ["--remote-debugging-port=0", ...args], {
    env: cleanEnv(env),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = once(child, "exit");
  try {
    const address = await new Promise<string>((done, fail) => {
      let text = "";
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        const [, found] = /DevTools listening on (ws:\S+)/.exec(text) ?? [];
        if (found !== undefined) done(found);
      });
      child.once("exit", (code) => fail(new Error(`the program ended with ${String(code)}: ${text.slice(-500)}`)));
    });
    await waitUntilUsable(address, selector);
    return performance.now() - since;
  } finally {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await exited;
    clearTimeout(late);
  }
};
