import { expect, it } from "vitest";
import { remoteSettingsSchema, settingChanges } from "./remote-settings.ts";

const settings = remoteSettingsSchema.parse({
  printer: { kind: "none", host: "127.0.0.1", port: 9100 },
  documentPrinter: { kind: "system", name: "" },
  idReader: { port: null },
  counterDisplay: { kind: "none", host: "127.0.0.1", port: 4001, cells: 8 },
});

it("tells exactly what differs, an absent port as an empty one", () => {
  expect(settingChanges(settings, settings)).toEqual([]);
  const changed = { ...settings, idReader: { port: "COM3" }, printer: { ...settings.printer, kind: "tcp" as const } };
  expect(settingChanges(settings, changed)).toEqual([
    { path: "printer.kind", before: "none", after: "tcp" },
    { path: "idReader.port", before: "", after: "COM3" },
  ]);
});
