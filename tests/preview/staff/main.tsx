import type { StaffBridge } from "../../../shared/contract/ipc.ts";
import { screenTexts } from "../../../shared/contract/screen-texts.ts";
import { buildSampleCatalogue } from "../../../shared/domain/catalogue/catalogue.fixture.ts";
import { fakeBridge } from "./bridge.ts";
import { FakeHall, fillHall, makeFakeTerminal, type FakeTerminal } from "../fake-terminal.ts";
import { fillOrders } from "../orders-scene.ts";
import { draw, startTexts } from "../start.tsx";
import { later } from "../../../renderer/ui/later.tsx";

/**
 * One staff screen with a hall in memory:
 * `?role=window|desk|setup|launcher&lang=en&scene=empty|busy|orders&department=区卫健委&signedIn=1&bridge=0&enrolled=0`
 */
const params = new URLSearchParams(location.search);
const apps = {
  window: later(async () => (await import("../../../renderer/apps/window/app.tsx")).App),
  desk: later(async () => (await import("../../../renderer/apps/desk/app.tsx")).App),
  setup: later(async () => (await import("../../../renderer/apps/setup/app.tsx")).App),
  launcher: later(async () => (await import("../../../renderer/apps/launcher/app.tsx")).App),
};
const isApp = (text: string): text is keyof typeof apps => text in apps;
const wanted = params.get("role") ?? "window";
const role = isApp(wanted) ? wanted : "window";
const language = params.get("lang") === "en" ? "en" : "zh-CN";

// As in the product: what the screen does not load is missing here too.
await startTexts(language, (all) => {
  for (const [each, texts] of Object.entries(all))
    all[each] = Object.fromEntries(
      Object.entries(texts).filter(([name]) => name === "common" || screenTexts[role].includes(name)),
    );
});

const { catalogue } = buildSampleCatalogue();
const node = new FakeHall();
if (params.get("scene") !== "empty")
  fillHall(
    node,
    Number(params.get("count") ?? 18),
    catalogue.items.slice(0, 600).map(({ code, name, businessId }) => ({ code, name, businessId })),
  );
if (params.get("scene") === "orders") fillOrders(node);
const isEnrolled = params.get("enrolled") !== "0";
const terminal = makeFakeTerminal({
  role,
  hall: node,
  actor: { department: params.get("department") },
  catalogue,
  clerk: params.has("signedIn")
    ? { clerkId: "clerk-1001", clerkNo: "1001", name: "王晓芳", duty: params.has("noManager") ? "clerk" : "manager" }
    : null,
  info: isEnrolled ? { language } : { language, credentials: null, terminalName: null, hallName: null },
});
if (params.has("signedIn") && role === "window")
  await terminal.send("OpenCounter", { counterId: "1" }, { mode: "claim" });

declare global {
  interface Window {
    staff: { readonly node: FakeHall; readonly terminal: FakeTerminal };
  }
}
window.staff = { node, terminal };
if (params.get("bridge") !== "0" && (role === "setup" || role === "launcher"))
  (globalThis as unknown as { terminal: StaffBridge }).terminal = fakeBridge();

const App = apps[role];
draw(terminal, <App />);
