import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";
import type { PlanDifference } from "../../../../shared/domain/plan-change/plan-diff.ts";
import { useHall } from "../../../ui/hooks.ts";
import { localName } from "../../../ui/staff/local-name.ts";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** What a place in the plan is called; a place without a name is told as it stands in the file. */
const placeName = (path: string, plan: HallPlan | null, t: TFunction, language: string): string => {
  const [, id = "", rest = path] = /^businesses\.(\w)\.(.*)$/.exec(path) ?? [];
  const business = plan?.businesses.find((each) => each.id === id);
  const owner = business === undefined ? "" : `${business.id} ${localName(business, language)} · `;
  const weekday = /^hours\.week\.(\w+)$/.exec(rest)?.[1];
  if (weekday !== undefined) return owner + t(`deskPlan:weekday.${weekday}`);
  const day = /^hours\.days\.(\S+)$/.exec(rest)?.[1];
  if (day !== undefined) return owner + day;
  return owner + t(`deskPlan:place.${rest.replaceAll(".", "_")}`, { defaultValue: rest });
};

/** Differences of two plans, place by place: before → after. */
export const Differences = ({ of }: { readonly of: readonly PlanDifference[] }): ReactElement => {
  const { t, i18n } = useTranslation();
  const plan = useHall(planOf);
  const value = (path: string, text: string): string => {
    if (path === "hours" && text === "null") return t("deskPlan:hours.always");
    if (/^businesses\.\w\.hours$/.test(path) && text === "null") return t("deskPlan:hours.asHall");
    if (/(^|\.)hours$/.test(path)) return t("deskPlan:value.byHours");
    // A day without hours of its own says so; a dash is for what was not set.
    if (/(^|\.)hours\.(week|days)\./.test(path)) return text.replace(/^–/, t("deskPlan:value.closed")) || "–";
    return t(`deskPlan:value.${text}`, { defaultValue: text === "" ? "–" : text });
  };
  return (
    <ul className="plan-differences">
      {of.map(({ path, before, after }) => (
        <li key={path}>
          <span>{placeName(path, plan, t, i18n.language)}</span>{" "}
          <span>
            <s>{value(path, before)}</s> → <b>{value(path, after)}</b>
          </span>
        </li>
      ))}
    </ul>
  );
};
