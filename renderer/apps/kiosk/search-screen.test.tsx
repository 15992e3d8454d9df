import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { emptyHallState, type HallState } from "../../../shared/domain/hall/state.ts";
import { testInfo } from "../../../tests/helpers/test-terminal.ts";
import { TestMachine } from "../../../tests/helpers/test-environment.ts";
import { buildSampleCatalogue } from "../../../shared/domain/catalogue/catalogue.fixture.ts";
import { blankTerminal } from "../../boot/blank-terminal.ts";
import { TerminalContext } from "../../ui/hooks.ts";
import { PublicSettingsProvider } from "../../ui/public/settings.tsx";
import { SearchScreen } from "./search-screen.tsx";

/* The search as it is first drawn, before any file has come (sentences by their keys). */

// Drawn once, without a browser, where nothing can be subscribed to.
vi.mock(import("../../ui/hooks.ts"), async (original) => ({
  ...(await original()),
  useHall: <T,>(select: (state: HallState) => T): T => select(emptyHallState),
}));

const { catalogue } = buildSampleCatalogue();
const nothing = () => undefined;

const drawn = (language: "zh-CN" | "en", query: string, isThere = true): string => {
  const info = testInfo({ machine: new TestMachine(), role: "kiosk", deviceId: "kiosk-1" });
  return renderToStaticMarkup(
    <TerminalContext value={blankTerminal({ ...info, language })}>
      <PublicSettingsProvider>
        <SearchScreen
          catalogue={isThere ? catalogue : null}
          query={query}
          onQuery={nothing}
          onEntry={nothing}
          onBack={nothing}
          onHome={nothing}
        />
      </PublicSettingsProvider>
    </TerminalContext>,
  );
};

it("says that nothing is found, and offers help, once it has searched", () => {
  expect(drawn("zh-CN", "没有这样的事")).toMatch(/kiosk:search\.none.*data-away="false"/);
  expect(drawn("zh-CN", "身份证")).toContain("kiosk:search.found");
});

it.each([
  ["the words of its language are", "en", true],
  ["the catalogue is", "zh-CN", false],
] as const)("does not say so while %s still being fetched", (_, language, isThere) => {
  const page = drawn(language, "passport", isThere);
  expect(page).toContain('role="status"></p>');
  expect(page).not.toContain("kiosk:search.none");
  expect(page).toContain('data-away="true"');
});
