import type { Catalogue, CatalogueEntry, Subject } from "../../../shared/domain/catalogue/catalogue.ts";
import { createSearchIndex, type SearchIndex } from "../../../shared/domain/catalogue/search.ts";
import type { EntryRef } from "./flow.ts";

export const refOf = (entry: CatalogueEntry): EntryRef =>
  entry.kind === "item" ? { kind: "item", id: entry.item.code } : { kind: "package", id: entry.package.id };

export const nameOf = (entry: CatalogueEntry): string => (entry.kind === "item" ? entry.item.name : entry.package.name);

export const businessOf = (entry: CatalogueEntry): string =>
  entry.kind === "item" ? entry.item.businessId : entry.package.businessId;

/** Who is in charge of it: shown under the name; null when not published. */
export const departmentOf = (entry: CatalogueEntry): string | null =>
  entry.kind === "item" ? entry.item.department : entry.package.leadDepartment;

const toPackage = (thing: Catalogue["packages"][number]): CatalogueEntry => ({ kind: "package", package: thing });
const toItem = (item: Catalogue["items"][number]): CatalogueEntry => ({ kind: "item", item });

/** The entry that a reference means, or undefined when a newer catalogue no longer has it. */
export const findEntry = (catalogue: Catalogue, { kind, id }: EntryRef): CatalogueEntry | undefined => {
  if (kind === "item") {
    const item = catalogue.items.find((candidate) => candidate.code === id);
    return item && toItem(item);
  }
  const thing = catalogue.packages.find((candidate) => candidate.id === id);
  return thing && toPackage(thing);
};

export const packagesOf = (catalogue: Catalogue): readonly CatalogueEntry[] => catalogue.packages.map(toPackage);

/** What belongs to a life event, one-thing packages first: they save the person most ways. */
export const entriesOfLifeEvent = (catalogue: Catalogue, id: string): readonly CatalogueEntry[] => [
  ...catalogue.packages.filter((thing) => thing.lifeEvents.includes(id)).map(toPackage),
  ...catalogue.items.filter((item) => item.lifeEvents.includes(id)).map(toItem),
];

export const entriesOfDepartment = (catalogue: Catalogue, name: string): readonly CatalogueEntry[] =>
  catalogue.items.filter((item) => item.department === name).map(toItem);

/** Life events that lead somewhere, of one audience or of both. */
export const lifeEventsOf = (catalogue: Catalogue, audience: Subject | null): Catalogue["lifeEvents"] =>
  catalogue.lifeEvents.filter(
    (event) => (audience === null || event.audience === audience) && event.itemCount + event.packageCount > 0,
  );

/** Entries per department, by falling number, for a list that is too long to read. */
export const departmentsIn = (
  entries: readonly CatalogueEntry[],
): readonly { readonly name: string; readonly count: number }[] => {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const name = departmentOf(entry);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count);
};

/** How often each entry was taken a number for at this kiosk; holds nothing about anybody. */
export type TakenCounts = Readonly<Record<string, number>>;

const countKey = ({ kind, id }: EntryRef): string => `${kind}:${id}`;

/** The counts as kept in a draft; anything else that was found there counts as none. */
export const readTakenCounts = (draft: unknown): TakenCounts => {
  if (typeof draft !== "object" || draft === null || Array.isArray(draft)) return {};
  return Object.fromEntries(
    Object.entries(draft).filter((entry): entry is [string, number] => Number.isInteger(entry[1]) && entry[1] > 0),
  );
};

export const countTaken = (counts: TakenCounts, ref: EntryRef): TakenCounts => ({
  ...counts,
  [countKey(ref)]: (counts[countKey(ref)] ?? 0) + 1,
});

/**
 * What people come for most: as counted at this kiosk, filled up with the one-thing packages, which the State Council's
 * yearly lists name for being asked for most.
 */
export const popularEntries = (catalogue: Catalogue, counts: TakenCounts, limit: number): readonly CatalogueEntry[] => {
  const counted = Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([key]) => {
      const at = key.indexOf(":");
      return findEntry(catalogue, { kind: key.slice(0, at) === "package" ? "package" : "item", id: key.slice(at + 1) });
    })
    .filter((entry) => entry !== undefined);
  const known = new Set(counted.map((entry) => countKey(refOf(entry))));
  const filling = packagesOf(catalogue).filter((entry) => !known.has(countKey(refOf(entry))));
  return [...counted, ...filling].slice(0, limit);
};

/** A name cut into pieces that matched the search and pieces that did not. */
export const highlightPieces = (
  name: string,
  ranges: readonly (readonly [number, number])[],
): readonly { readonly text: string; readonly isMatch: boolean }[] => {
  const pieces: { text: string; isMatch: boolean }[] = [];
  let from = 0;
  for (const [start, end] of ranges) {
    if (start > from) pieces.push({ text: name.slice(from, start), isMatch: false });
    pieces.push({ text: name.slice(start, end), isMatch: true });
    from = end;
  }
  if (from < name.length) pieces.push({ text: name.slice(from), isMatch: false });
  return pieces;
};

const indexes = new WeakMap<Catalogue, SearchIndex>();

/** The search index of a catalogue, made once. */
export const searchIndexOf = (catalogue: Catalogue): SearchIndex => {
  const known = indexes.get(catalogue);
  if (known) return known;
  const index = createSearchIndex(catalogue);
  indexes.set(catalogue, index);
  return index;
};
