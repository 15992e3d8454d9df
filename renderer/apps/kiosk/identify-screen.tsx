import { useEffect, useEffectEvent, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { IdReaderFault } from "../../../shared/contract/ipc.ts";
import { maskPhone } from "../../../shared/domain/identity/mask.ts";
import type { KioskSettings } from "../../../shared/domain/kiosk/kiosk-settings.ts";
import { useTerminal } from "../../ui/hooks.ts";
import { Icon, type IconName } from "../../ui/public/icons.tsx";
import { OnScreenKeyboard } from "../../ui/public/keyboard.tsx";
import { useCallHelp } from "../../ui/public/use-help.ts";
import { useScanner } from "../../ui/public/use-scanner.ts";
import { Page, type LeaveHandlers } from "./page.tsx";
import type { Person } from "./take-ticket.ts";
import { Tile } from "./tile.tsx";

/** What comes of it: a number at once, or a place at another time. */
type Purpose = "take" | "book";
type IdentifyWay = KioskSettings["identify"][number];

const PHONE = /^1\d{10}$/;
/** The reader itself is at fault: laying the card down once more does not help. */
const isMissing = (code: IdReaderFault): boolean =>
  !["no_card", "read_failed", "unknown_card", "busy", "cancelled"].includes(code);

const CardReading = ({
  onPerson,
  onOther,
}: {
  readonly onPerson: (person: Person) => void;
  readonly onOther: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const callHelp = useCallHelp();
  const [attempt, setAttempt] = useState(0);
  const [fault, setFault] = useState<IdReaderFault | null>(null);
  // The screen is drawn anew whenever the hall changes; the reader must not be started anew with it.
  const onRead = useEffectEvent((digest: string, tail: string) =>
    onPerson({ value: `idCard:${digest}`, shown: t("kiosk:identify.cardShown", { tail }) }),
  );
  useEffect(() => {
    let isWaiting = true;
    void terminal.readPersonCard().then((outcome) => {
      if (!isWaiting) return;
      if (outcome.ok) onRead(outcome.value.digest, outcome.value.tail);
      else setFault(outcome.error.code);
    });
    return () => {
      isWaiting = false;
      terminal.cancelPersonCard();
    };
  }, [terminal, attempt]);
  const again = (): void => {
    setFault(null);
    setAttempt(attempt + 1);
  };
  if (fault === null)
    return (
      <div className="identify-wait" role="status" data-identify="card">
        <Icon name="id-card" />
        <p>{t("kiosk:identify.layCard")}</p>
      </div>
    );
  const missing = isMissing(fault);
  return (
    <div className="trouble" role="alert" data-trouble={missing ? "readerMissing" : "cardNotRead"}>
      <Icon name="warning" />
      <p className="trouble-sentence">
        {missing ? t("kiosk:identify.readerMissing") : t("kiosk:identify.cardNotRead")}
      </p>
      <div className="trouble-ways">
        {!missing && (
          <button type="button" className="big-button big-button-primary" onClick={again}>
            <Icon name="id-card" />
            {t("kiosk:identify.again")}
          </button>
        )}
        <button type="button" className={missing ? "big-button big-button-primary" : "big-button"} onClick={onOther}>
          <Icon name="back" />
          {t("kiosk:identify.otherWay")}
        </button>
        <button type="button" className="big-button" onClick={callHelp}>
          <Icon name="helper" />
          {t("kiosk:problem.callHelp")}
        </button>
      </div>
    </div>
  );
};

const PhoneEntry = ({
  purpose,
  onPerson,
}: {
  readonly purpose: Purpose;
  readonly onPerson: (person: Person) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const [phone, setPhone] = useState("");
  const isWrong = phone.length > 0 && (!phone.startsWith("1") || (phone.length === 11 && !PHONE.test(phone)));
  return (
    <div className="code-entry" data-identify="phone">
      <label>
        <span>{t("kiosk:identify.phoneLabel")}</span>
        <input
          type="tel"
          inputMode="none"
          autoComplete="off"
          maxLength={11}
          value={phone}
          aria-describedby="phone-note"
          aria-invalid={isWrong}
          onChange={(event) => setPhone(event.target.value.replaceAll(/\D/g, ""))}
        />
      </label>
      <p id="phone-note" role="status" className="quiet">
        {isWrong ? t("kiosk:identify.phoneWrong") : t("kiosk:identify.phoneWhy")}
      </p>
      <OnScreenKeyboard layout="digits" value={phone} maxLength={11} onChange={setPhone} />
      <button
        type="button"
        className="big-button big-button-primary kiosk-next"
        disabled={!PHONE.test(phone)}
        onClick={() => onPerson({ value: `phone:${phone}`, shown: maskPhone(phone) })}
      >
        <Icon name="check" />
        {t(purpose === "book" ? "kiosk:identify.book" : "kiosk:identify.done")}
      </button>
    </div>
  );
};

const QrEntry = ({ onPerson }: { readonly onPerson: (person: Person) => void }): ReactElement => {
  const { t } = useTranslation();
  useScanner((code) => onPerson({ value: `qr:${code}`, shown: t("kiosk:identify.qrShown") }));
  return (
    <div className="identify-wait" role="status" data-identify="qr">
      <Icon name="phone" />
      <p>{t("kiosk:identify.showQr")}</p>
    </div>
  );
};

/**
 * "Who are you?", by the ways that the hall offers. It serves one thing only: one waiting number for a person and a
 * business. Nothing of it stays on this terminal.
 */
export const IdentifyScreen = ({
  purpose,
  ways,
  isTaking,
  onPerson,
  ...leave
}: LeaveHandlers & {
  readonly purpose: Purpose;
  readonly ways: readonly IdentifyWay[];
  readonly isTaking: boolean;
  /** null: without saying it. */
  readonly onPerson: (person: Person | null) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const [way, setWay] = useState<IdentifyWay | null>(null);
  const names: Readonly<
    Record<IdentifyWay, { readonly icon: IconName; readonly title: string; readonly note: string }>
  > = {
    idCard: { icon: "id-card", title: t("kiosk:identify.idCard"), note: t("kiosk:identify.idCardNote") },
    qr: { icon: "qr", title: t("kiosk:identify.qr"), note: t("kiosk:identify.qrNote") },
    phone: { icon: "phone", title: t("kiosk:identify.phone"), note: t("kiosk:identify.phoneNote") },
    none: { icon: "ticket", title: t("kiosk:identify.none"), note: t("kiosk:identify.noneNote") },
  };
  const back = way === null ? leave.onBack : () => setWay(null);
  return (
    <Page
      {...leave}
      onBack={back}
      isBusy={isTaking}
      title={t(purpose === "book" ? "kiosk:identify.whoComes" : "kiosk:identify.title")}
    >
      {isTaking ? (
        <p role="status" className="identify-wait">
          {t(purpose === "book" ? "kiosk:book.sending" : "kiosk:confirm.taking")}
        </p>
      ) : way === "idCard" ? (
        <CardReading onPerson={onPerson} onOther={() => setWay(null)} />
      ) : way === "phone" ? (
        <PhoneEntry purpose={purpose} onPerson={onPerson} />
      ) : way === "qr" ? (
        <QrEntry onPerson={onPerson} />
      ) : (
        <ul className="ask-tiles">
          {ways.map((each) => (
            <Tile
              key={each}
              {...names[each]}
              data={{ "data-way": each }}
              onClick={() => (each === "none" ? onPerson(null) : setWay(each))}
            />
          ))}
        </ul>
      )}
    </Page>
  );
};
