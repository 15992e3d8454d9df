import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Subject } from "../../../../shared/domain/catalogue/catalogue.ts";
import { findStaffBridge } from "../../../ui/staff/bridge.ts";
import type { Draft } from "./draft.ts";
import { withCard, withLicence, type CardGoesTo } from "./identity.ts";
import { readLicenceCode, ScannerEar } from "./scanner.ts";

interface IdentityBarProps {
  readonly draft: Draft;
  readonly locked: boolean;
  readonly onChange: (change: (draft: Draft) => Draft) => void;
}

/** Person or firm, and the ways to get the identity in: card, QR of an electronic licence, keys. */
export const IdentityBar = ({ draft, locked, onChange }: IdentityBarProps) => {
  const { t } = useTranslation();
  const bridge = findStaffBridge();
  const [reading, setReading] = useState<CardGoesTo | null>(null);
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly key: string } | null>(null);
  const ear = useRef(new ScannerEar());

  const read = async (goesTo: CardGoesTo): Promise<void> => {
    if (reading !== null) {
      await bridge?.["idReader.cancel"]();
      return;
    }
    setReading(goesTo);
    setSaid(null);
    const outcome = await (bridge?.["idReader.read"]() ??
      Promise.resolve({ ok: false as const, error: { code: "no_reader" as const } }));
    setReading(null);
    if (outcome.ok) {
      const card = outcome.value;
      onChange((before) => withCard(before, card, goesTo));
      setSaid({ ok: true, key: "intake:identity.read" });
    } else setSaid({ ok: false, key: `staff:idReader.${outcome.error.code}` });
  };

  const hear = useEffectEvent((event: KeyboardEvent): void => {
    if (event.altKey && event.code === "KeyR" && !event.repeat) {
      event.preventDefault();
      void read("applicant");
      return;
    }
    const scanned = ear.current.press(event.key, event.timeStamp);
    if (scanned === null || locked) return;
    event.preventDefault();
    const licence = readLicenceCode(scanned);
    if (licence === null) {
      setSaid({ ok: false, key: "intake:identity.badCode" });
      return;
    }
    onChange((before) => withLicence(before, licence));
    setSaid({ ok: true, key: "intake:identity.scanned" });
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => hear(event);
    // Before the fields: what a scanner sends is not typed into whichever has the focus.
    window.addEventListener("keydown", listener, true);
    return () => window.removeEventListener("keydown", listener, true);
  }, []);
  useEffect(() => () => void bridge?.["idReader.cancel"](), [bridge]);

  const subjects: readonly Subject[] = ["person", "legal"];
  return (
    <div className="identity-bar">
      <div className="form-radios" role="radiogroup" aria-label={t("intake:identity.subject")}>
        {subjects.map((subject) => (
          <label key={subject}>
            <input
              type="radio"
              name="subject"
              disabled={locked}
              checked={draft.subject === subject}
              onChange={() => onChange((before) => ({ ...before, subject }))}
            />
            <span>{subject === "person" ? t("intake:identity.person") : t("intake:identity.firm")}</span>
          </label>
        ))}
      </div>
      <button
        type="button"
        className="small-button"
        aria-keyshortcuts="Alt+R"
        disabled={locked}
        onClick={() => void read("applicant")}
      >
        <kbd>Alt+R</kbd>{" "}
        {reading === "applicant"
          ? t("intake:identity.stop")
          : draft.subject === "person"
            ? t("intake:identity.readCard")
            : t("intake:identity.readRepresentative")}
      </button>
      {draft.form["agent"]?.["present"] === true ? (
        <button type="button" className="small-button" disabled={locked} onClick={() => void read("agent")}>
          {reading === "agent" ? t("intake:identity.stop") : t("intake:identity.readAgent")}
        </button>
      ) : null}
      <span
        role="status"
        className={said?.ok === false ? "identity-said identity-bad" : "identity-said"}
        data-said={said?.key ?? ""}
      >
        {reading !== null ? t("intake:identity.waiting") : said === null ? t("intake:identity.hint") : t(said.key)}
      </span>
    </div>
  );
};
