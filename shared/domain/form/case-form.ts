import { z } from "zod";
import type { Subject } from "../catalogue/catalogue.ts";
import type { FormBlocks, ItemForm, SectionSchema } from "./form-schema.ts";

/** One section of a case's form. `id` is a block's name, or `item:<code>` for what one item asks alone. */
export interface FormSection {
  readonly id: string;
  readonly schema: SectionSchema;
  /** Codes of the items that want it; all items of the case for who applies. */
  readonly items: readonly string[];
}

/** What has been typed: section id → field → value. */
export const formDataSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
export type FormData = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Where the applicant stands in a form's data. */
export const applicantSection: Readonly<Record<Subject, "person" | "firm">> = { person: "person", legal: "firm" };

/** Asked of everybody beside the applicant itself, when the catalogue has these blocks: who comes instead, how the result is fetched. */
const FIRST = ["agent"];
const LAST = ["delivery"];

/** For an item whose catalogue gives no form: what is wanted and why, in the applicant's words. */
const plainOwn: SectionSchema = {
  type: "object",
  title: "申请内容",
  "x-en": "Application",
  properties: {
    matter: { type: "string", title: "申请事由", "x-en": "What is applied for", maxLength: 500, "x-widget": "lines" },
    remark: { type: "string", title: "补充说明", "x-en": "Remarks", maxLength: 500, "x-widget": "lines" },
  },
  required: ["matter"],
};

interface FormItem {
  readonly code: string;
  readonly form: ItemForm | null;
}

/**
 * The one form of a case: of one item, or of all items of a package. A block that several items want is asked once, in
 * the place of its first mention; what an item asks alone keeps a section of its own, so that differences stay visible.
 * A block that the catalogue does not have is left out (the builder of the catalogue has reported it).
 */
export const caseFormOf = (
  blocks: FormBlocks,
  items: readonly FormItem[],
  subject: Subject,
): readonly FormSection[] => {
  const all = items.map(({ code }) => code);
  const shared = new Map<string, Set<string>>();
  const want = (id: string, code: string): void => {
    const wanting = shared.get(id);
    if (wanting) wanting.add(code);
    else shared.set(id, new Set([code]));
  };
  const common = (ids: readonly string[]): FormSection[] =>
    ids.flatMap((id) => {
      const schema = blocks[id];
      return schema === undefined ? [] : [{ id, schema, items: all }];
    });
  const outer = new Set([applicantSection[subject], ...FIRST, ...LAST]);
  const own: FormSection[] = [];
  for (const { code, form } of items) {
    for (const id of form?.blocks ?? []) if (!outer.has(id)) want(id, code);
    const schema = form === null ? plainOwn : form.own;
    if (schema !== null) own.push({ id: `item:${code}`, schema, items: [code] });
  }
  const wanted = [...shared].flatMap(([id, codes]) => {
    const schema = blocks[id];
    return schema === undefined ? [] : [{ id, schema, items: [...codes] }];
  });
  return [...common([applicantSection[subject], ...FIRST]), ...wanted, ...own, ...common(LAST)];
};
