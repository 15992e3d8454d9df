import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import {
  remoteSettingsSchema,
  settingChanges,
  type RemoteSettings,
  type SettingChange,
} from "../../../../shared/contract/remote-settings.ts";
import type { TerminalRole } from "../../../../shared/domain/identity/roles.ts";
import { DialogFoot } from "../../../ui/staff/dialog-foot.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";
import { choiceText, SettingControl } from "./setting-control.tsx";
import { fieldsFor, textOf, withText } from "./settings-fields.ts";
import type { Orders } from "./use-orders.ts";
import { Button } from "../../../ui/staff/button.tsx";

interface Held {
  /** As the terminal has them. */
  readonly before: RemoteSettings;
  readonly draft: RemoteSettings;
}

/** What changes of a screen comes into force when nobody is at it. */
const isOfScreen = ({ path }: SettingChange): boolean => path.startsWith("screen.");

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
  const fields = fieldsFor(role, held.draft);
  const told = (path: string, value: string): string => {
    if (value === "") return t("fleet:empty");
    const field = fields.find(({ device, name }) => path === `${device}.${name}`);
    if (field?.choices === undefined) return value;
    const choices = field.isList === true ? value.split(",") : [value];
    return choices.map((each) => choiceText(t, field, each)).join(t("fleet:listMark"));
  };
  const changes = settingChanges(held.before, held.draft);
  const isChanged = (path: string): boolean => changes.some((change) => change.path === path);
  // A printer of another kind is used at the address that stands there, changed or not.
  const alongside = fields.filter(({ device, name }) => isChanged(`${device}.kind`) && !isChanged(`${device}.${name}`));
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
      <p className="desk-more">{t(changes.some(isOfScreen) ? "fleet:settings.screenMeans" : "fleet:settings.means")}</p>
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
  const wrong = new Set(checked?.error?.issues.map(({ path }) => path.slice(0, 2).join(".")) ?? []);
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
      settingChanges(before, draft).some(isOfScreen) ? "fleet:settings.screenKept" : undefined,
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
          {/* What is typed while the terminal answers would be lost to its answer. */}
          <fieldset className="fleet-list fleet-fields" disabled={busy !== null}>
            {fieldsFor(role, held.draft).map((field) => {
              const path = `${field.device}.${field.name}`;
              const set = (text: string): void => setHeld({ ...held, draft: withText(held.draft, field, text) });
              return (
                <SettingControl
                  key={path}
                  field={field}
                  value={textOf(held.draft, field)}
                  isWrong={wrong.has(path)}
                  onChange={set}
                />
              );
            })}
          </fieldset>
          <Button main submit disabled={busy !== null || !isChanged || wrong.size > 0}>
            {t("fleet:settings.show")}
          </Button>
        </form>
      )}
      {isPreviewed && held !== null ? (
        <Preview held={held} role={role} onApply={() => apply(held)} onClose={() => setPreviewed(false)} />
      ) : null}
    </section>
  );
};
