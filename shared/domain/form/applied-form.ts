import type { Catalogue, Subject } from "../catalogue/catalogue.ts";
import { caseFormOf, type FormSection } from "./case-form.ts";

/** What is applied for together. */
export interface AppliedFor {
  readonly itemCodes: readonly string[];
  /** Null: no one-thing package. */
  readonly packageId: string | null;
  readonly subject: Subject;
}

/** The one form of what is applied for, as a catalogue has it now. */
export const appliedForm = (
  { itemCodes, packageId, subject }: AppliedFor,
  catalogue: Catalogue,
): readonly FormSection[] => {
  const pack = catalogue.packages.find((each) => each.id === packageId);
  if (pack?.form) return caseFormOf(catalogue.formBlocks, [{ code: pack.id, form: pack.form }], subject);
  const known = new Map(catalogue.items.map((item) => [item.code, item]));
  const wanted = itemCodes.map((code) => ({ code, form: known.get(code)?.form ?? null }));
  // Members of a package that the catalogue does not know would each ask the same plain questions.
  const [first] = wanted;
  const withForm = wanted.filter(({ form }) => form !== null);
  const items = withForm.length > 0 ? withForm : first === undefined ? [] : [first];
  return caseFormOf(catalogue.formBlocks, items, subject);
};
