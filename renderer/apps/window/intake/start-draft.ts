import type { AppliedItem } from "../../../../shared/domain/case/intake.ts";
import { mergeMaterials } from "../../../../shared/domain/case/merge-package.ts";
import type { OneThingPackage, ServiceItem, Subject } from "../../../../shared/domain/catalogue/catalogue.ts";
import type { Draft } from "./draft.ts";

interface Start {
  readonly newId: () => string;
  readonly now: number;
  readonly counterId: string;
  readonly ticketId: string | null;
}

const MAX_NAME = 200;
const MAX_DEPARTMENT = 100;

const appliedItem = (item: ServiceItem, caseId: string): AppliedItem => ({
  caseId,
  itemCode: item.code,
  itemName: item.name.slice(0, MAX_NAME),
  department: item.department.slice(0, MAX_DEPARTMENT),
  kind: item.kind,
  onTheSpot: item.promisedLimit?.days === 0,
  legalLimit: item.legalLimit,
  promisedLimit: item.promisedLimit,
});

const subjectFor = (subjects: readonly Subject[], before: Subject | null): Subject =>
  before !== null && (subjects.length === 0 || subjects.includes(before)) ? before : (subjects[0] ?? "person");

const emptyDraft = ({
  newId,
  now,
  counterId,
  ticketId,
}: Start): Omit<Draft, "subject" | "package" | "items" | "requirements"> => ({
  intakeId: newId(),
  startedAt: now,
  touchedAt: now,
  counterId,
  ticketId,
  form: {},
  identity: { source: "typed", overrideReason: null },
  receipts: {},
  licences: {},
  hallMark: null,
  peopleMark: null,
});

/** A draft for one item, or for several that are applied for together. */
export const draftOfItems = (items: readonly ServiceItem[], start: Start): Draft => {
  const applied = items.map((item) => appliedItem(item, start.newId()));
  const wants = items.map((item, index) => ({ caseId: applied[index]?.caseId ?? "", materials: item.materials }));
  return {
    ...emptyDraft(start),
    subject: subjectFor(items[0]?.subjects ?? [], null),
    package: null,
    items: applied,
    requirements: [...mergeMaterials(wants)],
  };
};

/** A draft for a one-thing package: one case for each of its members. */
export const draftOfPackage = (pack: OneThingPackage, items: readonly ServiceItem[], start: Start): Draft => {
  const byName = new Map(items.map((item) => [item.name, item]));
  const applied = pack.members.map((member, index): AppliedItem => {
    const known = byName.get(member.name);
    if (known) return appliedItem(known, start.newId());
    return {
      caseId: start.newId(),
      itemCode: `${pack.id}-${String(index + 1)}`,
      itemName: member.name.slice(0, MAX_NAME),
      department: (member.department ?? pack.leadDepartment ?? pack.name).slice(0, MAX_DEPARTMENT),
      kind: "一件事",
      onTheSpot: false,
      legalLimit: null,
      promisedLimit: null,
    };
  });
  const known = new Map(items.map((item) => [item.code, item]));
  // What the package publishes is wanted for all of it; what a member's own guide adds, for that member.
  const wants = applied.map(({ caseId, itemCode }) => ({
    caseId,
    materials: [...pack.materials, ...(known.get(itemCode)?.materials ?? [])],
  }));
  return {
    ...emptyDraft(start),
    subject: pack.target,
    package: { id: pack.id, name: pack.name },
    items: applied,
    requirements: [...mergeMaterials(wants)],
  };
};

/** One more item in the same intake; what has been typed and received stays. */
export const withItem = (
  draft: Draft,
  item: ServiceItem,
  items: readonly ServiceItem[],
  newId: () => string,
): Draft => {
  if (draft.items.some(({ itemCode }) => itemCode === item.code)) return draft;
  const applied = [...draft.items, appliedItem(item, newId())];
  const known = new Map(items.map((each) => [each.code, each]));
  const requirements = mergeMaterials(
    applied.map(({ caseId, itemCode }) => ({ caseId, materials: known.get(itemCode)?.materials ?? [] })),
  );
  // The line of a material keeps its key when further items want it too, so its receipt stays with it.
  return { ...draft, items: applied, requirements: [...requirements] };
};
