import { SEARCH_MIN, type MatterKind } from "../../../../shared/contract/desk-search.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { entryMatches } from "../../../ui/ledgers/ledger-model.ts";
import { hashOf, readRoute } from "../route.ts";

/** Something that was found, and where its matter is shown. */
export interface Found {
  readonly kind: MatterKind;
  readonly id: string;
  readonly number: string;
  readonly about: string;
  readonly href: string;
}

const MOST = 30;

/** The place that a pasted link of this desk leads to; null: it is no link. */
export const linkIn = (typed: string): string | null => {
  const at = typed.indexOf("#/");
  if (at < 0) return null;
  const route = readRoute(typed.slice(at).trim());
  return hashOf(route.view, ...route.path);
};

/**
 * Everything that this terminal may see whose number, item, department or text has what was typed: today's tickets, intakes and cases,
 * orders about reviews, entries of ledgers. Names and telephones are not here to be found.
 */
export const findEverything = (hall: HallState, typed: string): readonly Found[] => {
  const wanted = typed.trim().toLowerCase();
  if (wanted.length < SEARCH_MIN) return [];
  const has = (...texts: readonly (string | null)[]): boolean =>
    texts.some((text) => text?.toLowerCase().includes(wanted) === true);
  const found: Found[] = [];
  const add = (kind: MatterKind, id: string, number: string, about: string): void => {
    found.push({ kind, id, number, about, href: hashOf("home", kind, id) });
  };
  for (const ticket of hall.tickets.values())
    if (has(ticket.number, ticket.itemName)) add("ticket", ticket.id, ticket.number, ticket.itemName ?? "");
  for (const one of hall.cases.values())
    if (has(one.number, one.itemName, one.department, one.platformNo)) add("case", one.id, one.number, one.itemName);
  for (const order of hall.rectifications.values())
    if (has(order.number, order.itemName, order.department))
      add("review", order.id, order.number ?? "–", order.itemName ?? order.department);
  for (const order of hall.workOrders.values())
    if (has(order.number, order.itemName, order.department, order.externalId))
      add("order", order.id, order.number, order.itemName ?? order.department ?? "");
  for (const entry of hall.ledgerEntries.values())
    if (entryMatches(entry, wanted)) add("entry", entry.id, entry.number, entry.department ?? "");
  // What was meant by its number comes first.
  const rank = ({ number }: Found): number => {
    const own = number.toLowerCase();
    return own === wanted ? 0 : own.startsWith(wanted) ? 1 : 2;
  };
  return found.sort((left, right) => rank(left) - rank(right)).slice(0, MOST);
};
