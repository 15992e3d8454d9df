import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { FleetBody } from "../../../../shared/contract/fleet.ts";
import { publicRoles } from "../../../../shared/contract/fleet-orders.ts";
import { DialogFoot } from "../../../ui/staff/dialog-foot.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";
import { Radios } from "../../../ui/staff/radios.tsx";

type PublicRole = (typeof publicRoles)[number];

/** What a screen for anybody is for; a review tablet belongs to a counter. */
export const RoleDialog = (props: {
  readonly name: string;
  readonly role: PublicRole;
  readonly counterId: string | null;
  readonly counters: FleetBody["counters"];
  readonly onConfirm: (next: { readonly role: PublicRole; readonly counterId: string | null }) => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const [role, setRole] = useState<PublicRole>(props.role);
  const [counterId, setCounterId] = useState(props.counterId ?? "");
  const isTablet = role === "review";
  const next = { role, counterId: isTablet ? counterId : null };
  const isOther = role !== props.role || (isTablet && counterId !== props.counterId);
  const isReady = isOther && (!isTablet || counterId !== "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    props.onClose();
    props.onConfirm(next);
  };
  return (
    <Dialog title={t("fleet:ask.role", { name: props.name })} onClose={props.onClose}>
      <form onSubmit={submit}>
        <Radios
          legend={t("fleet:column.role")}
          values={publicRoles}
          value={role}
          nameOf={(each) => t(`fleet:role.${each}`)}
          onChange={setRole}
        />
        {isTablet ? (
          <label className="plain-field plain-fields">
            {t("fleet:ofCounter")}
            <select value={counterId} onChange={(event) => setCounterId(event.target.value)}>
              <option value="">{t("fleet:choose")}</option>
              {props.counters.map(({ id, name }) => (
                <option key={id} value={id}>
                  {id} {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <p className="desk-more">{t("fleet:roleMeans")}</p>
        <DialogFoot confirm={t("fleet:act.role")} disabled={!isReady} onBack={props.onClose} />
      </form>
    </Dialog>
  );
};
