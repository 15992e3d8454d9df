import type { TFunction } from "i18next";
import type { FleetList } from "../../../../shared/contract/fleet.ts";
import type { PublicUse } from "../../../../shared/contract/fleet-orders.ts";

/** What a screen for anybody is for, in words. */
export const publicUseText = (t: TFunction, { role, counterId }: PublicUse): string =>
  `${t(`fleet:role.${role}`)}${counterId === null ? "" : ` ${t("fleet:counter", { id: counterId })}`}`;

/** Of the hall's node, and of the center that is asked. */
export type Versions = Pick<FleetList, "nodeVersion" | "centerVersion">;

/** For the sentences that say which version an order needs. */
export const versionsOf = ({ nodeVersion, centerVersion }: Versions): { hall: string; center: string } => ({
  hall: nodeVersion,
  center: centerVersion,
});
