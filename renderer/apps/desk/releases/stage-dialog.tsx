import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DeskReleases } from "../../../../shared/contract/desk-releases.ts";
import type { Reach } from "../../../../shared/domain/releases/stage.ts";
import { DialogFoot } from "../../../ui/staff/dialog-foot.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";

/** To whom a release may go next. */
export type NextStage = "terminal" | "hall" | "all";

const reachOf = (stage: NextStage, id: string): Reach => {
  if (stage === "terminal") return { kind: "terminals", deviceIds: [id] };
  return stage === "hall" ? { kind: "halls", hallIds: [id] } : { kind: "all" };
};

/** Gives a release to more, after it was said what that means: stages only grow. */
export const StageDialog = ({
  version,
  stage,
  list,
  onConfirm,
  onClose,
}: {
  readonly version: string;
  readonly stage: NextStage;
  readonly list: DeskReleases;
  readonly onConfirm: (reach: Reach) => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const [id, setId] = useState("");
  const choices = stage === "terminal" ? list.terminals : list.halls;
  const isReady = stage === "all" || id !== "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    onClose();
    onConfirm(reachOf(stage, id));
  };
  return (
    <Dialog title={t(`releases:ask.${stage}`, { version })} onClose={onClose}>
      <form onSubmit={submit}>
        {stage === "all" ? null : (
          <label className="plain-field plain-fields">
            {t(`releases:choose.${stage}`)}
            <select data-autofocus value={id} onChange={(event) => setId(event.target.value)}>
              <option value="">{t("releases:choose.none")}</option>
              {choices.map((choice) => (
                <option key={choice.id} value={choice.id}>
                  {choice.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <p className="desk-more">{t("releases:means")}</p>
        <DialogFoot
          confirm={t(`releases:act.${stage}`)}
          disabled={!isReady}
          autoFocus={stage === "all"}
          onBack={onClose}
        />
      </form>
    </Dialog>
  );
};
