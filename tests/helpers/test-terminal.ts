import { plainScreen } from "../../shared/contract/screen-settings.ts";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import type { Environment } from "../../renderer/store/environment.ts";
import { openTerminal, type OpenTerminal } from "../../renderer/store/open-terminal.ts";
import type { TestMachine } from "./test-environment.ts";

export const DATA_KEY = btoa("0123456789abcdef0123456789abcdef");

export interface TestTerminalOptions {
  readonly machine: TestMachine;
  readonly role: TerminalRole;
  readonly deviceId: string;
  readonly secret?: string;
  readonly nodeUrl?: string;
  readonly counterId?: string;
  readonly appVersion?: string;
  readonly openSocket?: Environment["openSocket"];
  /** Until then its screen is being drawn; drawn at once where nothing is said. */
  readonly drawn?: Promise<void>;
  /** Changes to what the terminal runs in. */
  readonly environment?: Partial<Environment>;
}

export const testInfo = (options: TestTerminalOptions): TerminalInfo => ({
  role: options.role,
  display: "main",
  appVersion: options.appVersion ?? "0.1.0",
  nodeUrl: options.nodeUrl ?? "http://node.test",
  credentials: { deviceId: options.deviceId, secret: options.secret ?? "secret" },
  terminalName: options.deviceId,
  hallName: "测试大厅",
  counterId: options.counterId ?? null,
  language: "zh-CN",
  screen: plainScreen,
  keyStore: "system",
  dataKey: DATA_KEY,
  notices: [],
});

/** A whole terminal without a screen: store and sync as they run in the window. */
export const startTerminal = (options: TestTerminalOptions): Promise<OpenTerminal> =>
  openTerminal({
    info: testInfo(options),
    environment: { ...options.machine.environment(options.openSocket), ...options.environment },
    print: () => Promise.resolve({ ok: false, error: { code: "no_printer" } }),
    readPersonCard: () => Promise.resolve({ ok: false, error: { code: "no_reader" } }),
    cancelPersonCard: () => undefined,
    drawn: options.drawn ?? Promise.resolve(),
  });

/**
 * Waits until something is so; fails with `what` otherwise. As long as a busy machine may need, and shorter than the ten seconds
 * after which the program looks again by itself: that must not make up for what was not told.
 */
export const eventually = async (isSo: () => boolean, what = "it", ms = 9_000): Promise<void> => {
  const until = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > until) throw new Error(`not within ${String(ms)} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
