import i18next from "i18next";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { initReactI18next } from "react-i18next";
import { deafWhileLocked } from "../../renderer/boot/deaf-while-locked.ts";
import { TerminalContext } from "../../renderer/ui/hooks.ts";
import type { FakeTerminal } from "./fake-terminal.ts";

type Texts = Record<string, Record<string, unknown>>;

const files = import.meta.glob<Record<string, unknown>>("../../renderer/locales/*/*.json", {
  eager: true,
  import: "default",
});

/** All texts of all languages; `change` may put others in their place. */
export const startTexts = async (language: string, change?: (texts: Record<string, Texts>) => void): Promise<void> => {
  const resources: Record<string, Texts> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [folder = "", file = ""] = path.split("/").slice(-2);
    (resources[folder] ??= {})[file.replace(".json", "")] = texts;
  }
  change?.(resources);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "zh-CN",
    resources,
    interpolation: { escapeValue: false },
  });
};

/** Draws a screen on a terminal's state. */
export const draw = (terminal: FakeTerminal, screen: ReactNode): void => {
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no #root");
  deafWhileLocked(terminal.locked);
  createRoot(root).render(
    <StrictMode>
      <TerminalContext value={terminal}>{screen}</TerminalContext>
    </StrictMode>,
  );
};
