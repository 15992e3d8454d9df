import { InService } from "../../../renderer/ui/boundaries/in-service.tsx";
import type { PublicBridge, TerminalInfo } from "../../../shared/contract/ipc.ts";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import { isLanguage } from "../../../renderer/languages.ts";
import { pseudoTexts } from "./pseudo-locale.ts";
import { publicPreview, type PublicPreview, type Scene } from "./sample-hall.ts";
import { draw, startTexts } from "../start.tsx";
import { later } from "../../../renderer/ui/later.tsx";

/**
 * One screen with a hall in memory: `?role=kiosk&lang=ar&scene=busy&catalogue=none&counter=1&display=second`; `scale` and `theme` for the board; `turn=90` as it hangs; `pseudo=1` puts longer
 * texts with strange letters in the place of the English ones.
 */
const params = new URLSearchParams(location.search);
const role = params.get("role") ?? "kiosk";
const asked = params.get("lang");
const language = isLanguage(asked) ? asked : "zh-CN";

const turn = params.get("turn");
if (turn !== null) document.documentElement.dataset["turn"] = turn;

let pause: (ms: number) => void = () => undefined;
/** What the main process tells a public screen, by itself. */
const bridge: Pick<PublicBridge, "onInputPaused"> = {
  onInputPaused: (listener) => {
    pause = listener;
    return () => (pause = () => undefined);
  },
};
Object.assign(globalThis, { terminal: bridge });

const apps = {
  kiosk: later(async () => (await import("../../../renderer/apps/kiosk/app.tsx")).App),
  display: later(async () => (await import("../../../renderer/apps/display/app.tsx")).App),
  review: later(async () => (await import("../../../renderer/apps/review/app.tsx")).App),
};
type Role = keyof typeof apps;
const isRole = (text: string): text is Role => text in apps;
const shownRole: Role = isRole(role) ? role : "kiosk";

await startTexts(language, (texts) => {
  if (params.has("pseudo")) texts["en"] = pseudoTexts(texts["en"] ?? {});
});

const CATALOGUE = "catalogue";

/** Built once in a window: spelling out some two thousand names takes as long as everything else of a scene together. */
const sampleCatalogue = async (): Promise<Catalogue> => {
  const kept = sessionStorage.getItem(CATALOGUE);
  if (kept !== null) return JSON.parse(kept) as Catalogue;
  const { buildSampleCatalogue } = await import("../../../shared/domain/catalogue/catalogue.fixture.ts");
  const { catalogue } = buildSampleCatalogue();
  sessionStorage.setItem(CATALOGUE, JSON.stringify(catalogue));
  return catalogue;
};

declare global {
  interface Window {
    preview: PublicPreview & {
      /** Somebody tried key after key to get out. */
      readonly pause: (ms: number) => void;
    };
  }
}
const preview = publicPreview({
  role: shownRole,
  scene: (params.get("scene") ?? "busy") as Scene,
  // A person's choice, as if it had been made already.
  language: language as TerminalInfo["language"],
  display: params.get("display") === "second" ? "second" : "main",
  counterId: shownRole === "review" ? (params.get("counter") ?? "1") : null,
  // Only a kiosk has one.
  catalogue: shownRole !== "kiosk" || params.get("catalogue") === "none" ? null : await sampleCatalogue(),
});
window.preview = { ...preview, pause: (ms) => pause(ms) };
// A board keeps its look; it deals fewer rows to a page when its type is larger.
preview.terminal.fake.drafts.set("display.look", {
  theme: params.get("theme") ?? "standard",
  scale: Number(params.get("scale") ?? 100),
});

const App = apps[shownRole];
draw(
  preview.terminal,
  <InService isPublic>
    <App />
  </InService>,
);
