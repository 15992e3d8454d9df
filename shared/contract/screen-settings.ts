import { z } from "zod";
import { publicLanguages } from "./public-languages.ts";

/** How far the picture is turned to the right for a screen that was put up so, in degrees. */
export const screenTurns = [0, 90, 180, 270] as const;

/** How a screen for anybody is set up where it stands. */
export const screenSettingsSchema = z.object({
  /** What people may choose from; it begins in the terminal's own language where that is among them, else in the first. */
  languages: z
    .array(z.enum(publicLanguages))
    .min(1)
    .max(publicLanguages.length)
    .refine((all) => new Set(all).size === all.length, "twice the same"),
  turn: z.literal(screenTurns),
});
export type ScreenSettings = Readonly<z.infer<typeof screenSettingsSchema>>;

/** Every language, and the picture as the system shows it. */
export const plainScreen: ScreenSettings = { languages: [...publicLanguages], turn: 0 };
