import { afterEach, expect, it, vi } from "vitest";
import { boot } from "./boot.tsx";

const mocks = vi.hoisted(() => ({
  openTerminal: vi.fn<(parts: { readonly drawn: Promise<void> }) => Promise<object>>(() => Promise.resolve({})),
  render: vi.fn(),
}));
vi.mock("react-dom/client", () => ({ createRoot: () => ({ render: mocks.render }) }));
vi.mock("../store/open-terminal.ts", () => ({ openTerminal: mocks.openTerminal }));
vi.mock("../platform/browser-environment.ts", () => ({ browserEnvironment: () => ({}) }));
vi.mock("../i18n.ts", () => ({ startTexts: () => Promise.reject(new Error("no texts")), onLanguage: () => undefined }));
vi.mock("../platform/electron.ts", () => ({
  findBridge: () => ({}),
  electronPlatform: () => ({
    log: () => undefined,
    info: () =>
      Promise.resolve({
        role: "kiosk",
        display: "main",
        credentials: { deviceId: "kiosk-1", secret: "" },
        nodeUrl: "http://127.0.0.1:1",
        language: "zh-CN",
        screen: { languages: ["zh-CN"], turn: 0 },
      }),
  }),
}));
vi.mock("./apps.ts", async (original) => ({
  ...(await original<object>()),
  apps: { kiosk: { load: () => Promise.resolve({ App: () => null }), isPublic: true, hasStore: true } },
}));

afterEach(() => vi.unstubAllGlobals());

it("lets the terminal send although its screen could not be shown", async () => {
  vi.stubGlobal("document", { documentElement: { dataset: {} } });
  vi.stubGlobal("addEventListener", () => undefined);
  await boot({} as HTMLElement);
  await vi.waitFor(() => expect(mocks.openTerminal).toHaveBeenCalledOnce(), 10_000);
  expect(mocks.render, "the page of a failure").toHaveBeenCalledOnce();
  await mocks.openTerminal.mock.calls[0]?.[0].drawn;
});
