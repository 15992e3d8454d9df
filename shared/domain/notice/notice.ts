import { z } from "zod";

/** Where a notice of the desk is shown. */
export const noticePlaceSchema = z.enum(["board", "counter", "kiosk", "staff"]);

/** What the desk tells the hall: words for people, never about a person. */
export const noticeDataSchema = z.object({
  noticeId: z.string().min(1).max(64),
  text: z.string().trim().min(1).max(120),
  /** Shown to readers of every other language; "" shows the Chinese text to them too. */
  textEn: z.string().trim().max(200),
  tone: z.enum(["info", "urgent"]),
  places: z.array(noticePlaceSchema).min(1).max(4),
  /** Ends by itself at this instant; null: at the end of the day. */
  until: z.int().min(0).nullable(),
});

export type Notice = Readonly<z.infer<typeof noticeDataSchema>> & { readonly id: string; readonly at: number };
export type NoticePlace = z.infer<typeof noticePlaceSchema>;

export interface NoticeEvents {
  NoticePublished: Readonly<z.infer<typeof noticeDataSchema>>;
  NoticeWithdrawn: { noticeId: string };
}

/** The notices that a place shows now: urgent ones first, then the newest. */
export const noticesFor = (notices: ReadonlyMap<string, Notice>, place: NoticePlace, now: number): readonly Notice[] =>
  [...notices.values()]
    .filter((notice) => notice.places.includes(place) && (notice.until === null || now < notice.until))
    .sort((left, right) => Number(right.tone === "urgent") - Number(left.tone === "urgent") || right.at - left.at);
