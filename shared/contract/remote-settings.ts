import { z } from "zod";
import {
  counterDisplaySettingsSchema,
  documentPrinterSettingsSchema,
  idReaderSettingsSchema,
  printerSettingsSchema,
} from "./device-settings.ts";
import { screenSettingsSchema } from "./screen-settings.ts";

/** What of a terminal's settings may be changed from afar: its devices and its screen. Whom it belongs to and whom it believes may not. */
export const remoteSettingsSchema = z.object({
  printer: printerSettingsSchema,
  documentPrinter: documentPrinterSettingsSchema,
  idReader: idReaderSettingsSchema,
  counterDisplay: counterDisplaySettingsSchema,
  /** Missing from older terminals, which cannot do it. */
  screen: screenSettingsSchema.exactOptional(),
});
export type RemoteSettings = Readonly<z.infer<typeof remoteSettingsSchema>>;

export interface SettingChange {
  /** E.g. `printer.host`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

type Leaves = ReadonlyMap<string, string>;

const leavesOf = (settings: RemoteSettings): Leaves =>
  new Map(
    Object.entries(settings).flatMap(([device, values]) =>
      Object.entries(values).map(([name, value]) => [`${device}.${name}`, String(value ?? "")] as const),
    ),
  );

/** What differs between two settings, by the names of their fields. */
export const settingChanges = (before: RemoteSettings, after: RemoteSettings): readonly SettingChange[] => {
  const was = leavesOf(before);
  return [...leavesOf(after)]
    .filter(([path, value]) => was.get(path) !== value)
    .map(([path, value]) => ({ path, before: was.get(path) ?? "", after: value }));
};
