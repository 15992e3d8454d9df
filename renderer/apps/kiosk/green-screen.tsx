import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { greenCodeDigest } from "../../../shared/domain/kiosk/green-code.ts";
import { kioskSettingsOf } from "../../../shared/domain/kiosk/kiosk-settings.ts";
import { useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { useScanner } from "../../ui/public/use-scanner.ts";
import { CodeEntry } from "./code-entry.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";

const LONGEST = 20;
const SHORTEST = 4;
/** Wrong codes in a visit: somebody who tries codes is sent to the desk. */
const MOST_TRIES = 5;

/** The green channel opens by a code that the hall has given out; why somebody has one is not asked. */
export const GreenScreen = ({
  onOpen,
  ...leave
}: LeaveHandlers & { readonly onOpen: (greenCode: string) => void }): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState(0);
  const tooMany = wrong >= MOST_TRIES;
  const check = (given: string): void => {
    const { plan } = terminal.hall.get();
    if (plan === null || tooMany) return;
    const digest = greenCodeDigest(plan.hallId, given);
    if (kioskSettingsOf(plan).greenCodes.includes(digest)) onOpen(digest);
    else setWrong(wrong + 1);
  };
  useScanner(check);
  return (
    <Page {...leave} title={t("kiosk:green.title")}>
      <CodeEntry
        label={t("kiosk:green.label")}
        note={
          tooMany ? t("kiosk:green.tooMany") : wrong > 0 ? t("publicRefusal:green_code_unknown") : t("kiosk:green.note")
        }
        isWrong={wrong > 0}
        value={code}
        maxLength={LONGEST}
        layout="codes"
        onChange={setCode}
      />
      <button
        type="button"
        className="big-button big-button-primary kiosk-next"
        disabled={code.length < SHORTEST || tooMany}
        onClick={() => check(code)}
      >
        <Icon name="check" />
        {t("kiosk:green.check")}
      </button>
    </Page>
  );
};
