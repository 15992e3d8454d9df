import i18next from "i18next";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { initReactI18next } from "react-i18next";
import { buildSampleCatalogue } from "../../../shared/domain/catalogue/catalogue.fixture.ts";
import { TerminalContext } from "../../../renderer/ui/hooks.ts";
import type { TerminalInfo } from "../../../shared/contract/ipc.ts";
import { isLanguage } from "../../../renderer/languages.ts";
import { pseudoTexts } from "./pseudo-locale.ts";
import { publicPreview, type PublicPreview, type Scene } from "./sample-hall.ts";

/**
 * One screen with a hall in memory: `?role=kiosk&lang=ar&scene=busy&catalogue=none&counter=1&display=second`; `scale` and `theme` for the board; `pseudo=1` puts longer
 * texts with strange letters in the place of the English ones.
 */
const params = new URLSearchParams(location.search);
const role = params.get("role") ?? "kiosk";
const asked = params.get("lang");
const language = isLanguage(asked) ? asked : "zh-CN";

const apps = {
  kiosk: lazy(async () => ({ default: (await import("../../../renderer/apps/kiosk/app.tsx")).App })),
  display: lazy(async () => ({ default: (await import("../../../renderer/apps/display/app.tsx")).App })),
  review: lazy(async () => ({ default: (await import("../../../renderer/apps/review/app.tsx")).App })),
};
type Role = keyof typeof apps;
const isRole = (text: string): text is Role => text in apps;
const shownRole: Role = isRole(role) ? role : "kiosk";

const files = import.meta.glob<Record<string, unknown>>("../../../renderer/locales/*/*.json", {
  eager: true,
  import: "default",
});
const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, texts] of Object.entries(files)) {
  const [language = "", file = ""] = path.split("/").slice(-2);
  (resources[language] ??= {})[file.replace(".json", "")] = texts;
}
if (params.has("pseudo")) resources["en"] = pseudoTexts(resources["en"] ?? {});
await i18next.use(initReactI18next).init({
  lng: language,
  fallbackLng: "zh-CN",
  resources,
  interpolation: { escapeValue: false },
});

declare global {
  interface Window {
    preview: PublicPreview;
  }
}
const preview = publicPreview({
  role: shownRole,
  scene: (params.get("scene") ?? "busy") as Scene,
  // A person's choice, as if it had been made already.
  language: language as TerminalInfo["language"],
  display: params.get("display") === "second" ? "second" : "main",
  counterId: shownRole === "review" ? (params.get("counter") ?? "1") : null,
  catalogue: params.get("catalogue") === "none" ? null : buildSampleCatalogue().catalogue,
});
window.preview = preview;
// A board keeps its look; it deals fewer rows to a page when its type is larger.
preview.terminal.fake.drafts.set("display.look", {
  theme: params.get("theme") ?? "standard",
  scale: Number(params.get("scale") ?? 100),
});

const App = apps[shownRole];
const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <TerminalContext value={preview.terminal}>
        <Suspense fallback={null}>
          <App />
        </Suspense>
      </TerminalContext>
    </StrictMode>,
  );
