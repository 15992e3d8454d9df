import type { AppliedItem } from "../../../../shared/domain/case/intake.ts";
import type { Requirement } from "../../../../shared/domain/case/material.ts";
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

/** 《体检表》； and 体检表 are the same paper: brackets, spaces and closing marks do not tell them apart. */
const materialKey = (name: string): string => name.replaceAll(/[\s《》“”"]/g, "").replace(/[；;。，,、]+$/, "");

/** The list of materials of several cases: the same one once, with every case that wants it. */
const requirementsOf = (
  wants: readonly { readonly caseId: string; readonly materials: readonly { readonly name: string }[] }[],
): readonly Requirement[] => {
  const rows = new Map<string, Requirement>();
  for (const { caseId, materials } of wants)
    for (const { name } of materials) {
      const id = materialKey(name);
      const wish = { caseId, necessity: 1 as const, form: 3 as const, copies: 1 };
      const row = rows.get(id);
      if (row === undefined)
        rows.set(id, {
          key: `m${String(rows.size + 1)}`,
          name: name.slice(0, MAX_NAME),
          necessity: 1,
          form: 3,
          source: 10,
          copies: 1,
          wishes: [wish],
        });
      else if (!row.wishes.some((each) => each.caseId === caseId))
        rows.set(id, { ...row, wishes: [...row.wishes, wish] });
    }
  return [...rows.values()];
};

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
    requirements: [...requirementsOf(wants)],
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
  const wants = [
    // What the package publishes is wanted for all of it; what a member's own guide adds, for that member.
    ...applied.map(({ caseId }) => ({ caseId, materials: pack.materials })),
    ...pack.members.flatMap((member, index) => {
      const known = byName.get(member.name);
      return known ? [{ caseId: applied[index]?.caseId ?? "", materials: known.materials }] : [];
    }),
  ];
  return {
    ...emptyDraft(start),
    subject: pack.target,
    package: { id: pack.id, name: pack.name },
    items: applied,
    requirements: [...requirementsOf(wants)],
  };
};

/** One more item in the same intake; what has been typed and received stays. */
export const withItem = (draft: Draft, item: ServiceItem, newId: () => string): Draft => {
  if (draft.items.some(({ itemCode }) => itemCode === item.code)) return draft;
  const applied = appliedItem(item, newId());
  const before = new Map(draft.requirements.map((row) => [materialKey(row.name), row]));
  const added = requirementsOf([{ caseId: applied.caseId, materials: item.materials }]);
  const requirements = [...draft.requirements];
  let next = requirements.length;
  for (const row of added) {
    const known = before.get(materialKey(row.name));
    if (known === undefined) {
      next += 1;
      requirements.push({ ...row, key: `m${String(next)}` });
    } else requirements[requirements.indexOf(known)] = { ...known, wishes: [...known.wishes, ...row.wishes] };
  }
  return { ...draft, items: [...draft.items, applied], requirements };
};
