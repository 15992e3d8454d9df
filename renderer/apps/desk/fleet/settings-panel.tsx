import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import {
  remoteSettingsSchema,
  settingChanges,
  type RemoteSettings,
} from "../../../../shared/contract/remote-settings.ts";
import type { TerminalRole } from "../../../../shared/domain/identity/roles.ts";
import { DialogFoot } from "../../../ui/staff/dialog-foot.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";
import { fieldsFor, textOf, withText } from "./settings-fields.ts";
import type { Orders } from "./use-orders.ts";

interface Held {
  /** As the terminal has them. */
  readonly before: RemoteSettings;
  readonly draft: RemoteSettings;
}

/** What would change, before it is sent. */
const Preview = ({
  held,
  role,
  onApply,
  onClose,
}: {
  readonly held: Held;
  readonly role: TerminalRole;
  readonly onApply: () => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const told = (path: string, value: string): string => {
    const [device = "", name] = path.split(".");
    if (value === "") return t("fleet:empty");
    return name === "kind" ? t(`fleet:choice.${device}.${value}`) : value;
  };
  const changes = settingChanges(held.before, held.draft);
  const isChanged = (path: string): boolean => changes.some((change) => change.path === path);
  // A printer of another kind is used at the address that stands there, changed or not.
  const alongside = fieldsFor(role, held.draft).filter(
    ({ device, name }) => isChanged(`${device}.kind`) && !isChanged(`${device}.${name}`),
  );
  return (
    <Dialog title={t("fleet:settings.preview")} onClose={onClose}>
      <ul className="fleet-changes">
        {changes.map(({ path, before, after }) => (
          <li key={path}>
            <span>{t(`fleet:setting.${path}`)}</span> <s>{told(path, before)}</s> → <b>{told(path, after)}</b>
          </li>
        ))}
        {alongside.map((field) => (
          <li key={`${field.device}.${field.name}`}>
            <span>{t(`fleet:setting.${field.device}.${field.name}`)}</span> <b>{textOf(held.draft, field)}</b>
          </li>
        ))}
      </ul>
      <p className="desk-more">{t("fleet:settings.means")}</p>
      <DialogFoot
        confirm={t("fleet:settings.apply")}
        autoFocus
        onBack={onClose}
        onConfirm={() => {
          onClose();
          onApply();
        }}
      />
    </Dialog>
  );
};

/** The settings of a terminal's devices: asked for, changed with a look at the difference, and put back by one press. */
export const SettingsPanel = ({ orders, role }: { readonly orders: Orders; readonly role: TerminalRole }) => {
  const { t } = useTranslation();
  const [held, setHeld] = useState<Held | null>(null);
  const [isPreviewed, setPreviewed] = useState(false);
  const { give, busy } = orders;
  const take = (answer: Parameters<NonNullable<Parameters<Orders["give"]>[2]>>[0]): void => {
    if (answer?.kind === "settings") setHeld({ before: answer.settings, draft: answer.settings });
  };
  const checked = held === null ? null : remoteSettingsSchema.safeParse(held.draft);
  const wrong = new Set(checked?.error?.issues.map(({ path }) => path.join(".")) ?? []);
  const isChanged = held !== null && settingChanges(held.before, held.draft).length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isChanged && wrong.size === 0) setPreviewed(true);
  };
  const apply = ({ before, draft }: Held): void =>
    give(
      { what: "applySettings", before, settings: draft },
      { what: "applySettings", before: draft, settings: before },
      take,
    );
  return (
    <section aria-labelledby="fleet-settings">
      <h3 id="fleet-settings">{t("fleet:settings.heading")}</h3>
      <div className="fleet-acts">
        <button
          type="button"
          className="small-button"
          disabled={busy !== null}
          onClick={() => give({ what: "readSettings" }, null, take)}
        >
          {t("fleet:act.readSettings")}
        </button>
      </div>
      {held === null ? null : (
        <form className="fleet-settings" onSubmit={submit} noValidate>
          {fieldsFor(role, held.draft).map((field) => {
            const path = `${field.device}.${field.name}`;
            const set = (text: string): void => setHeld({ ...held, draft: withText(held.draft, field, text) });
            const value = textOf(held.draft, field);
            return (
              <label key={path} className="plain-field plain-fields">
                {t(`fleet:setting.${path}`)}
                {field.choices === undefined ? (
                  <input value={value} aria-invalid={wrong.has(path)} onChange={(event) => set(event.target.value)} />
                ) : (
                  <select value={value} onChange={(event) => set(event.target.value)}>
                    {field.choices.map((each) => (
                      <option key={each} value={each}>
                        {t(`fleet:choice.${field.device}.${each}`)}
                      </option>
                    ))}
                  </select>
                )}
                {wrong.has(path) ? <span className="fleet-fault">{t(`fleet:wrong.${path}`)}</span> : null}
              </label>
            );
          })}
          <button type="submit" className="small-button" disabled={busy !== null || !isChanged || wrong.size > 0}>
            {t("fleet:settings.show")}
          </button>
        </form>
      )}
      {isPreviewed && held !== null ? (
        <Preview held={held} role={role} onApply={() => apply(held)} onClose={() => setPreviewed(false)} />
      ) : null}
    </section>
  );
};
