import { z } from "zod";
import type { HallPlan } from "../hall/plan.ts";

/** How a person may say who they are before taking a number; `none`: without saying it. */
const identifyWaySchema = z.enum(["idCard", "qr", "phone", "none"]);

/** What the hall decides about its kiosks and about the ticket page on people's own phones. */
export const kioskSettingsSchema = z.object({
  /** Ways offered, in this order. Only `none`: the question is not asked at all. */
  identify: z.array(identifyWaySchema).min(1).max(4).default(["none"]),
  /** Address under which phones reach the center, e.g. https://queue.example.gov.cn; null: the node's own, if it is not this very computer. */
  publicUrl: z
    .string()
    .max(200)
    .regex(/^https?:\/\/[^\s/]+$/, "an address without a path")
    .nullable()
    .default(null),
  /** Business whose counters hand out results; null: results are not handed out by number. */
  resultBusiness: z.string().max(2).nullable().default(null),
  /** Digests of the codes that open the green channel, see `greenCodeDigest`. */
  greenCodes: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(500)
    .default([]),
});
export type KioskSettings = Readonly<z.infer<typeof kioskSettingsSchema>>;

const defaults: KioskSettings = kioskSettingsSchema.parse({});

/** The kiosk settings of a plan; a plan written before there were any has the defaults. */
export const kioskSettingsOf = (plan: HallPlan | null): KioskSettings => plan?.settings.kiosk ?? defaults;
