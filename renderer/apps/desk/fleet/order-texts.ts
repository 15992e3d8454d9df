import type { TFunction } from "i18next";
import type { FleetList } from "../../../../shared/contract/fleet.ts";
import type { ListedOrder, PublicUse } from "../../../../shared/contract/fleet-orders.ts";

/** What a screen for anybody is for, in words. */
export const publicUseText = (t: TFunction, { role, counterId }: PublicUse): string =>
  `${t(`fleet:role.${role}`)}${counterId === null ? "" : ` ${t("fleet:counter", { id: counterId })}`}`;

/** A hall tells of itself at least once a minute: one that was not heard for longer is not on line. */
export const SILENT_MS = 5 * 60_000;

/** A hall takes an order within seconds once it is heard. */
const TAKEN_WITHIN_MS = 3 * 60_000;

/** How an order stands, in words. @param list of the hall whose order it is */
export const standingText = (
  t: TFunction,
  { state, waitsFor, askedAt }: Pick<ListedOrder, "state" | "waitsFor" | "askedAt">,
  { now, heardAt, nodeVersion }: Pick<FleetList, "now" | "heardAt" | "nodeVersion">,
): string => {
  if (waitsFor === null) return t(`fleet:state.${state}`);
  // Programs that could not say yet that they do not know an order ask for it again and again until it expires.
  if (waitsFor === "hall" && now - heardAt <= SILENT_MS && heardAt - askedAt > TAKEN_WITHIN_MS)
    return t("fleet:waitsFor.notTaken", { hall: nodeVersion });
  return t(`fleet:waitsFor.${waitsFor}`);
};

/** Of the hall's node, and of the center that is asked. */
export type Versions = Pick<FleetList, "nodeVersion" | "centerVersion">;

/** For the sentences that say which version an order needs. */
export const versionsOf = ({ nodeVersion, centerVersion }: Versions): { hall: string; center: string } => ({
  hall: nodeVersion,
  center: centerVersion,
});
