import { expect, it } from "vitest";
import { plainScreen } from "../../shared/contract/screen-settings.ts";
import { newSettings, settingsSchema } from "./settings-schema.ts";

const sealed = { by: "safeStorage", data: "a2V5" };
const withScreen = (screen: unknown) => settingsSchema.partial().parse({ ...newSettings, dataKey: sealed, screen });

it("keeps key and turn when a later version has offered a language that this one does not know", () => {
  const settings = withScreen({ languages: ["zh-CN", "tlh"], turn: 90 });
  expect(settings.dataKey).toEqual(sealed);
  expect(settings.screen).toEqual({ languages: plainScreen.languages, turn: 90 });
});

it("keeps key and languages when a later version has turned the screen as this one cannot", () => {
  const settings = withScreen({ languages: ["en"], turn: 45, mirrored: true });
  expect(settings.dataKey).toEqual(sealed);
  expect(settings.screen).toEqual({ languages: ["en"], turn: 0 });
});

it.each(["upright", null])("keeps its key with a screen that is %j", (screen) => {
  expect(withScreen(screen)).toMatchObject({ dataKey: sealed, screen: plainScreen });
});
