import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { newSettings, settingsSchema, type Settings } from "./settings-schema.ts";

type Stored = Readonly<Record<string, unknown>>;

const storedSchema = z.record(z.string(), z.unknown());
/** Wrong in these there is no terminal to start: a file in another format, or the key of everything that is sealed here. A technician's own file may lack them. */
const neededSchema = settingsSchema.pick({ version: true, dataKey: true }).partial();

const isStored = (value: unknown): value is Stored => storedSchema.safeParse(value).success && !Array.isArray(value);

/** Each value that is there and fits; for the others the default. */
const readEach = <Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  stored: Stored,
  defaults: Readonly<Record<string, unknown>>,
  notUnderstood: (name: string) => void,
): z.output<z.ZodObject<Shape>> => {
  const read: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(schema.shape)) {
    const value = stored[name] === undefined ? undefined : z.safeParse(each, stored[name]);
    if (value?.success === false) notUnderstood(name);
    read[name] = value?.success ? value.data : defaults[name];
  }
  return schema.parse(read);
};

/**
 * What a file of settings says. A value that this version does not know, written by a later one before a step back, costs that setting
 * alone: its default is used.
 * @returns the settings, and the names of those that were not understood
 * @throws for what is no file of settings at all
 */
export const readStored = (file: unknown): { settings: Settings; notUnderstood: readonly string[] } => {
  const stored = storedSchema.parse(file);
  neededSchema.parse(stored);
  const notUnderstood: string[] = [];
  const settings = readEach(settingsSchema, stored, newSettings, (name) => {
    if (name !== "screen" || !isStored(stored[name])) notUnderstood.push(name);
  });
  const { screen } = stored;
  if (!isStored(screen)) return { settings, notUnderstood };
  const readScreen = readEach(settingsSchema.shape.screen, screen, newSettings.screen, (name) =>
    notUnderstood.push(`screen.${name}`),
  );
  return { settings: { ...settings, screen: readScreen }, notUnderstood };
};

const keep = (stored: unknown, held: unknown, next: unknown): unknown => {
  if (isDeepStrictEqual(held, next)) return stored;
  if (!isStored(stored) || !isStored(held) || !isStored(next)) return next;
  return Object.fromEntries(
    Object.keys({ ...stored, ...next }).map((name) => [
      name,
      name in next ? keep(stored[name], held[name], next[name]) : stored[name],
    ]),
  );
};

/** The file after a change: what this version does not understand stays as it is, until that very setting is changed. */
export const changeStored = (stored: Stored, held: Settings, next: Settings): Stored => {
  const changed = keep(stored, held, next) as Stored;
  const isSameDevice = held.enrolment?.deviceId === next.enrolment?.deviceId;
  return isSameDevice ? changed : { ...changed, enrolment: next.enrolment };
};
