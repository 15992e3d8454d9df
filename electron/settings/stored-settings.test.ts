import { expect, it } from "vitest";
import { plainScreen } from "../../shared/contract/screen-settings.ts";
import { newSettings, type Enrolment, type Settings } from "./settings-schema.ts";
import { changeStored, readStored } from "./stored-settings.ts";

const sealed = { by: "safeStorage", data: "a2V5" } as const;
const enrolment: Enrolment = {
  nodeUrl: "https://hall.example",
  hallId: "hall-1",
  hallName: "测试大厅",
  terminalName: "一号机",
  role: "kiosk",
  counterId: null,
  enrolledAs: null,
  deviceId: "device-1",
  key: sealed,
  secret: null,
  authority: null,
  review: null,
};
const settings: Settings = { ...newSettings, dataKey: sealed, enrolment };
const printer = { ...settings.printer, kind: "tcp", host: "10.0.0.7" } as const;
const later = { ...printer, kind: "bluetooth" };

it("understands its own settings, and takes the default for what an earlier version did not write", () => {
  expect(readStored(settings)).toEqual({ settings, notUnderstood: [] });
  expect(readStored({ version: 1 })).toEqual({ settings: newSettings, notUnderstood: [] });
});

it.each([
  ["a printer", { printer: later }, ["printer"]],
  ["its language", { language: "fr", printer: later }, ["language", "printer"]],
  ["a setting that this version has not", { lamp: { on: true } }, []],
  ["a screen that is no object", { screen: "upright" }, ["screen"]],
])("costs nothing but the setting when a later version wrote %s", (_name, written, notUnderstood) => {
  expect(readStored({ ...settings, ...written })).toEqual({ settings, notUnderstood });
});

it.each([
  [{ languages: ["zh-CN", "tlh"], turn: 90 }, { languages: plainScreen.languages, turn: 90 }, ["screen.languages"]],
  [{ languages: ["en"], turn: 45, mirrored: true }, { languages: ["en"], turn: 0 }, ["screen.turn"]],
])("takes of the screen %j what it understands", (screen, expected, notUnderstood) => {
  expect(readStored({ ...settings, screen })).toEqual({ settings: { ...settings, screen: expected }, notUnderstood });
});

it("starts as a new terminal when it does not know the role, and keeps the key of what is sealed here", () => {
  const read = readStored({ ...settings, enrolment: { ...enrolment, role: "totem" } });
  expect(read).toEqual({ settings: { ...settings, enrolment: null }, notUnderstood: ["enrolment"] });
});

it.each([[[]], ["text"], [null], [{ version: 9 }], [{ ...settings, dataKey: { by: "tpm", data: "a2V5" } }]])(
  "takes %j for no settings",
  (file) => {
    expect(() => readStored(file)).toThrow();
  },
);

it("takes what a technician has written by hand, and the defaults for the rest", () => {
  const { printer } = settings;
  expect(readStored({ printer })).toEqual({ settings: { ...newSettings, printer }, notUnderstood: [] });
});

it("leaves in the file what it does not understand, whatever else changes", () => {
  const screen = { languages: ["zh-CN", "tlh"], turn: 90, mirrored: true };
  const stored = { ...settings, printer: later, screen, lamp: { on: true }, enrolment: { ...enrolment, site: "east" } };
  const { settings: held } = readStored(stored);
  const next: Settings = {
    ...held,
    language: "en",
    screen: { ...held.screen, turn: 180 },
    enrolment: { ...enrolment, terminalName: "二号机" },
  };
  expect(changeStored(stored, held, next)).toEqual({
    ...stored,
    language: "en",
    screen: { ...screen, turn: 180 },
    enrolment: { ...enrolment, terminalName: "二号机", site: "east" },
  });
});

it("writes a setting that is set anew, and nothing of another enrolment", () => {
  const stored = { ...settings, printer: later, enrolment: { ...enrolment, site: "east" } };
  const { settings: held } = readStored(stored);
  const next: Settings = { ...held, printer, enrolment: { ...enrolment, deviceId: "device-2" } };
  expect(changeStored(stored, held, next)).toEqual(next);
  expect(changeStored(stored, held, { ...held, enrolment: null })).toMatchObject({ enrolment: null });
});
