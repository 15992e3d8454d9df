import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";
import { kioskSettingsOf } from "../../../../shared/domain/kiosk/kiosk-settings.ts";
import { findGreenCode, newGreenCode, type PlanDraft } from "./plan-draft.ts";

interface GreenCodesProps {
  readonly plan: HallPlan;
  readonly draft: Pick<PlanDraft, "newCodes" | "removedCodes">;
  /** Codes that this desk has put in force since the screen was opened: nobody can read them anywhere again. */
  readonly issued: readonly string[];
  readonly onChange: (codes: Pick<PlanDraft, "newCodes" | "removedCodes">) => void;
}

/** Codes that open the green channel at a kiosk. The plan holds their digests: a code is shown when it is made, and never again. */
export const GreenCodes = ({ plan, draft, issued, onChange }: GreenCodesProps): ReactElement => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [isUnknown, setUnknown] = useState(false);
  const { newCodes, removedCodes } = draft;
  const inForce = kioskSettingsOf(plan).greenCodes;
  const remove = (): void => {
    const digest = findGreenCode(plan, typed);
    setUnknown(digest === null);
    if (digest === null) return;
    onChange({ newCodes, removedCodes: [...new Set([...removedCodes, digest])] });
    setTyped("");
  };
  return (
    <section className="desk-card" aria-labelledby="plan-codes">
      <h2 id="plan-codes">{t("deskPlan:codes.heading")}</h2>
      <p className="desk-more">{t("deskPlan:codes.how")}</p>
      <p>{t("deskPlan:codes.inForce", { n: inForce.length })}</p>
      {issued.length === 0 ? null : (
        <p className="plan-codes">
          {t("deskPlan:codes.issued")} <b>{issued.join("  ")}</b>
        </p>
      )}
      {newCodes.length === 0 ? null : (
        <p className="plan-codes">
          {t("deskPlan:codes.waiting")} <b>{newCodes.join("  ")}</b>
        </p>
      )}
      {removedCodes.length === 0 ? null : <p>{t("deskPlan:codes.removing", { n: removedCodes.length })}</p>}
      <div className="floor-form-row">
        <button
          type="button"
          className="small-button"
          disabled={newCodes.length >= 50}
          onClick={() =>
            onChange({
              newCodes: [...newCodes, newGreenCode(crypto.getRandomValues(new Uint8Array(8)))],
              removedCodes,
            })
          }
        >
          {t("deskPlan:codes.add")}
        </button>
        <button
          type="button"
          className="small-button small-danger"
          disabled={inForce.length === 0}
          onClick={() => onChange({ newCodes, removedCodes: [...inForce] })}
        >
          {t("deskPlan:codes.removeAll")}
        </button>
      </div>
      <div className="floor-form-row">
        <label>
          {t("deskPlan:codes.one")}{" "}
          <input
            value={typed}
            maxLength={20}
            autoComplete="off"
            aria-invalid={isUnknown}
            aria-describedby="plan-code-fault"
            onChange={(event) => {
              setTyped(event.target.value);
              setUnknown(false);
            }}
          />
        </label>
        <button type="button" className="small-button" disabled={typed.trim() === ""} onClick={remove}>
          {t("deskPlan:codes.remove")}
        </button>
      </div>
      <p id="plan-code-fault" className={isUnknown ? "floor-fault" : "desk-hidden"}>
        {isUnknown ? t("deskPlan:codes.unknown") : ""}
      </p>
    </section>
  );
};
