import { z } from "zod";
import { fromBase64, toBase64 } from "../store/base64.ts";
import type { Terminal } from "../store/terminal.ts";
import type { ScanPage } from "./scan-model.ts";

type Keeps = Pick<Terminal, "readDraft" | "writeDraft">;

const share = z.number().min(0).max(1);
const keptSchema = z.object({
  pages: z.array(
    z.object({
      id: z.string(),
      turns: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
      crop: z.object({ top: share, right: share, bottom: share, left: share }),
    }),
  ),
  /** Every picture that was kept, also of pages that were taken out again. */
  taken: z.array(z.string()),
});

const listKey = (place: string): string => `scan.${place}`;
const pageKey = (id: string): string => `scan.page.${id}`;

/** Keeps a picture as it was taken, sealed, so that neither a cut power line nor a closed dialog loses it. */
export const keepTaken = async (terminal: Keeps, id: string, picture: Blob): Promise<void> =>
  terminal.writeDraft(pageKey(id), toBase64(new Uint8Array(await picture.arrayBuffer())));

/** Keeps which pages there are and what is to be done to them. @param place names the material they are for */
export const keepPages = (
  terminal: Keeps,
  place: string,
  pages: readonly ScanPage[],
  taken: readonly string[],
): Promise<void> => terminal.writeDraft(listKey(place), { pages, taken });

const readKept = async (terminal: Keeps, place: string): Promise<z.infer<typeof keptSchema>> =>
  keptSchema.safeParse(await terminal.readDraft(listKey(place))).data ?? { pages: [], taken: [] };

/** What was taken for a material and not finished; a page whose picture cannot be read is left out. */
export const readTaken = async (
  terminal: Keeps,
  place: string,
): Promise<readonly { readonly page: ScanPage; readonly picture: Blob }[]> => {
  const { pages } = await readKept(terminal, place);
  const found = await Promise.all(
    pages.map(async (page) => {
      const text = await terminal.readDraft(pageKey(page.id));
      return typeof text === "string" ? { page, picture: new Blob([fromBase64(text)], { type: "image/jpeg" }) } : null;
    }),
  );
  return found.filter((each) => each !== null);
};

/** Forgets what was taken for a material: it is among the files now, or nobody wants it any more. */
export const forgetTaken = async (terminal: Keeps, place: string): Promise<void> => {
  const { taken } = await readKept(terminal, place);
  if (taken.length === 0) return;
  for (const id of taken) await terminal.writeDraft(pageKey(id), null);
  await terminal.writeDraft(listKey(place), null);
};
