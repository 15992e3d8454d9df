import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";
import type { PlanDifference } from "../../../../shared/domain/plan-change/plan-diff.ts";
import { useHall } from "../../../ui/hooks.ts";
import { localName } from "../../../ui/staff/local-name.ts";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** Whose place it is: a business's, or the hall's (""), and where in what is theirs. */
const partsOf = (path: string): { readonly businessId: string; readonly place: string } => {
  const [, businessId = "", place = path] = /^businesses\.(\w)\.(.*)$/.exec(path) ?? [];
  return { businessId, place };
};

/** What a place in the plan is called; a place without a name is told as it stands in the file. */
const placeName = (path: string, plan: HallPlan | null, t: TFunction, language: string): string => {
  const { businessId, place } = partsOf(path);
  const business = plan?.businesses.find((each) => each.id === businessId);
  const owner = business === undefined ? "" : `${business.id} ${localName(business, language)} · `;
  const weekday = /^hours\.week\.(\w+)$/.exec(place)?.[1];
  if (weekday !== undefined) return owner + t(`deskPlan:weekday.${weekday}`);
  const day = /^hours\.days\.(\S+)$/.exec(place)?.[1];
  if (day !== undefined) return owner + day;
  return owner + t(`deskPlan:place.${place.replaceAll(".", "_")}`, { defaultValue: place });
};

const valueName = (path: string, text: string, t: TFunction): string => {
  const { businessId, place } = partsOf(path);
  if (place === "hours") {
    if (text !== "null") return t("deskPlan:value.byHours");
    return t(businessId === "" ? "deskPlan:hours.always" : "deskPlan:hours.asHall");
  }
  // A day on which nothing opens says so; a dash is for what was not set.
  if (/^hours\.(week|days)\./.test(place)) return text.replace(/^–/, t("deskPlan:value.closed")) || "–";
  return t(`deskPlan:value.${text}`, { defaultValue: text === "" ? "–" : text });
};

/** Differences of two plans, place by place: before → after. */
export const Differences = ({ of }: { readonly of: readonly PlanDifference[] }): ReactElement => {
  const { t, i18n } = useTranslation();
  const plan = useHall(planOf);
  return (
    <ul className="plan-differences">
      {of.map(({ path, before, after }) => (
        <li key={path}>
          <span>{placeName(path, plan, t, i18n.language)}</span>{" "}
          <span>
            <s>{valueName(path, before, t)}</s> → <b>{valueName(path, after, t)}</b>
          </span>
        </li>
      ))}
    </ul>
  );
};
