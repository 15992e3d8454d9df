import { sha256Hex } from "../../basics/sha256.ts";
import type { CatalogueMaterial } from "../catalogue/catalogue.ts";
import type { Requirement } from "./material.ts";

/** An item that is applied for, with its own list of materials. */
export interface MaterialsOfItem {
  readonly caseId: string;
  readonly materials: readonly CatalogueMaterial[];
}

type Wish = Requirement["wishes"][number];

/** What is taken for what a catalogue does not tell: required, on paper or electronic, from the applicant, no copies. */
const wishOf = (caseId: string, material: CatalogueMaterial): Wish => ({
  caseId,
  necessity: material.necessity ?? 1,
  form: material.form ?? 3,
  copies: material.copies ?? 0,
});

/** Remarks that only tell how many: （1份）, （一式两份）, (2 copies). */
const QUANTITY = /\((?:一式)?(?:共)?[\d一二两三四五六七八九十]+(?:份|张|套|页)?\)|\(\d+\s*cop(?:y|ies)\)/g;

/**
 * A name without what does not tell two materials apart: width of characters, case, spaces, numbering, quotation and
 * title marks, closing punctuation, number of copies. Other remarks stay: （原件） and （复印件） are two things to bring.
 */
export const plainMaterialName = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, "")
    .replace(/[【〔[]/g, "(")
    .replace(/[】〕\]]/g, ")")
    .replace(/^(?:\(?\d{1,2}[).、．]|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、)/, "")
    .replace(QUANTITY, "")
    .replace(/[《》"“”'‘’「」]/g, "")
    .replace(/[;；。,，、:：.]+$/, "");

/** The necessity of the strictest: required, then may follow, then optional. */
const strictest = (left: Wish["necessity"], right: Wish["necessity"]): Wish["necessity"] => {
  const order = { 1: 0, 3: 1, 2: 2 } as const;
  return order[left] <= order[right] ? left : right;
};

const joinWishes = (left: Wish, right: Wish): Wish => ({
  caseId: left.caseId,
  necessity: strictest(left.necessity, right.necessity),
  form: left.form === 3 ? right.form : left.form,
  copies: Math.max(left.copies, right.copies),
});

interface Line {
  readonly plain: string;
  name: string;
  form: Requirement["form"];
  source: Requirement["source"];
  readonly wishes: Map<string, Wish>;
}

/** Paper and electronic are two things; what may be either goes with whichever is asked for. */
const isCompatible = (line: Line, form: Requirement["form"]): boolean =>
  line.form === form || line.form === 3 || form === 3;

/**
 * One list of materials for all items of an intake: the same material once, in the order of first mention, as strict as
 * its strictest item wants it and with the most copies. What each item wants by itself stays in `wishes`. Two are the
 * same when their plain names are equal and their forms do not exclude each other; nothing is guessed from likeness.
 * For a single item it is that item's list.
 */
export const mergeMaterials = (items: readonly MaterialsOfItem[]): readonly Requirement[] => {
  const byName = new Map<string, Line[]>();
  const lines: Line[] = [];
  // What is asked in one form first: what may be either then always finds it, whichever item names it first.
  for (const isEither of [false, true]) {
    for (const { caseId, materials } of items) {
      for (const material of materials) {
        const wish = wishOf(caseId, material);
        if ((wish.form === 3) !== isEither) continue;
        const plain = plainMaterialName(material.name);
        const same = byName.get(plain) ?? [];
        byName.set(plain, same);
        // What may be either goes with the item's own line, else with paper: not with whichever came first.
        const fitting = same
          .filter((each) => isCompatible(each, wish.form))
          .sort((one, other) => one.form - other.form);
        let line = fitting.find((each) => each.wishes.has(caseId)) ?? fitting[0];
        if (!line) {
          line = {
            plain,
            name: material.name.trim(),
            form: wish.form,
            source: material.source ?? 10,
            wishes: new Map(),
          };
          same.push(line);
          lines.push(line);
        }
        if (material.source === 20) line.source = 20;
        const before = line.wishes.get(caseId);
        line.wishes.set(caseId, before ? joinWishes(before, wish) : wish);
      }
    }
  }
  const place = new Map<string, number>();
  for (const { materials } of items)
    for (const { name } of materials) {
      const plain = plainMaterialName(name);
      if (!place.has(plain)) place.set(plain, place.size);
    }
  const order = new Map(items.map(({ caseId }, index) => [caseId, index]));
  return lines
    .sort((left, right) => (place.get(left.plain) ?? 0) - (place.get(right.plain) ?? 0) || left.form - right.form)
    .map(({ plain, name, form, source, wishes: byCase }) => {
      const wishes = [...byCase.values()].sort(
        (left, right) => (order.get(left.caseId) ?? 0) - (order.get(right.caseId) ?? 0),
      );
      return {
        key: `m${sha256Hex(`${plain}/${String(form)}`).slice(0, 16)}`,
        name,
        necessity: wishes.map((wish) => wish.necessity).reduce(strictest),
        form,
        source,
        copies: Math.max(...wishes.map((wish) => wish.copies)),
        wishes,
      };
    });
};

/** Whether the items want a material differently, so that the difference has to be shown. */
export const isWantedDifferently = (requirement: Requirement): boolean =>
  requirement.wishes.some(
    ({ necessity, form, copies }) =>
      necessity !== requirement.necessity || form !== requirement.form || copies !== requirement.copies,
  );
