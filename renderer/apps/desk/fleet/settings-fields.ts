import type { RemoteSettings } from "../../../../shared/contract/remote-settings.ts";
import { publicLanguages } from "../../../../shared/contract/public-languages.ts";
import { screenTurns } from "../../../../shared/contract/screen-settings.ts";
import type { TerminalRole } from "../../../../shared/domain/identity/roles.ts";

/** A field of a device's or the screen's settings, and when it matters. */
export interface SettingField {
  readonly device: keyof RemoteSettings;
  readonly name: string;
  /** Left out: typed. */
  readonly choices?: readonly string[];
  readonly isNumber?: boolean;
  /** Any number of the choices, by commas. */
  readonly isList?: boolean;
  readonly roles?: readonly TerminalRole[];
  readonly isShown?: (settings: RemoteSettings) => boolean;
}

const usesLine = ({ printer }: RemoteSettings): boolean => printer.kind === "tcp";
const usesLeds = ({ counterDisplay }: RemoteSettings): boolean => counterDisplay.kind === "tcp";

const fields: readonly SettingField[] = [
  { device: "printer", name: "kind", choices: ["none", "tcp", "usb", "queue"] },
  { device: "printer", name: "host", isShown: usesLine },
  { device: "printer", name: "port", isNumber: true, isShown: usesLine },
  { device: "printer", name: "device", isShown: ({ printer }) => printer.kind === "usb" },
  { device: "printer", name: "queue", isShown: ({ printer }) => printer.kind === "queue" },
  { device: "documentPrinter", name: "kind", choices: ["system", "pdf"] },
  { device: "documentPrinter", name: "name", isShown: ({ documentPrinter }) => documentPrinter.kind === "system" },
  { device: "idReader", name: "port" },
  { device: "counterDisplay", name: "kind", choices: ["none", "tcp"] },
  { device: "counterDisplay", name: "host", isShown: usesLeds },
  { device: "counterDisplay", name: "port", isNumber: true, isShown: usesLeds },
  { device: "counterDisplay", name: "cells", choices: ["8", "12"], isNumber: true, isShown: usesLeds },
  { device: "screen", name: "languages", choices: publicLanguages, isList: true },
  { device: "screen", name: "turn", choices: screenTurns.map(String), isNumber: true, roles: ["kiosk", "display"] },
];

/** Devices that a terminal of a role may have. */
const devicesOf = (role: TerminalRole): readonly (keyof RemoteSettings)[] =>
  role === "window"
    ? ["printer", "documentPrinter", "idReader", "counterDisplay"]
    : role === "kiosk"
      ? ["printer", "idReader", "screen"]
      : role === "desk"
        ? ["documentPrinter"]
        : ["printer", "screen"];

/** The fields that somebody has to look at. A terminal whose program is older has no settings of its screen. */
export const fieldsFor = (role: TerminalRole, settings: RemoteSettings): readonly SettingField[] =>
  fields.filter(
    ({ device, isShown, roles }) =>
      devicesOf(role).includes(device) &&
      settings[device] !== undefined &&
      (roles?.includes(role) ?? true) &&
      (isShown?.(settings) ?? true),
  );

type Leaf = string | number | null | readonly string[];

/** The text of a field; an absent port is an empty one. */
export const textOf = (settings: RemoteSettings, { device, name }: SettingField): string =>
  String((settings[device] as Readonly<Record<string, Leaf>> | undefined)?.[name] ?? "");

/** Settings with another text in a field, as typed: whether it fits is the schema's to say. */
export const withText = (
  settings: RemoteSettings,
  { device, name, isNumber, isList }: SettingField,
  text: string,
): RemoteSettings => {
  const list = text.split(",").filter((each) => each !== "");
  const value =
    isList === true ? list : isNumber === true ? Number(text) : device === "idReader" && text === "" ? null : text;
  return { ...settings, [device]: { ...settings[device], [name]: value } };
};
