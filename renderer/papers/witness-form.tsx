import { useState, type FormEvent } from "react";
import { Button } from "../ui/staff/button.tsx";
import { TextInput } from "../ui/staff/text-input.tsx";
import { useTranslation } from "react-i18next";
import type { Witness } from "../../shared/domain/document/applicant-view.ts";

const WAYS = ["fingerprint", "witness"] as const satisfies readonly Witness["way"][];

/** For somebody who cannot sign on the screen: how they agreed instead, and why. It is no signature of theirs. */
export const WitnessForm = ({
  onWitness,
  onBack,
}: {
  readonly onWitness: (wish: Pick<Witness, "way" | "reason">) => Promise<void>;
  readonly onBack: () => void;
}) => {
  const { t } = useTranslation();
  const [way, setWay] = useState<Witness["way"]>("fingerprint");
  const [reason, setReason] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  return (
    <form
      className="paper-witness"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (reason.trim() === "") setIsMissing(true);
        else void onWitness({ way, reason: reason.trim() });
      }}
    >
      <fieldset className="staff-options">
        <legend>{t("papers:witness.heading")}</legend>
        {WAYS.map((each) => (
          <label key={each} className="staff-option">
            <input type="radio" name="witness-way" checked={way === each} onChange={() => setWay(each)} />
            <span>{t(`papers:witness.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      <label>
        <span>{t("papers:witness.reason")}</span>
        <TextInput
          value={reason}
          maxLength={200}
          wrong={isMissing}
          aria-describedby="witness-fault"
          onChange={(event) => {
            setReason(event.target.value);
            setIsMissing(false);
          }}
        />
      </label>
      <p id="witness-fault" className="paper-fault" role="alert">
        {isMissing ? t("papers:witness.reasonMissing") : ""}
      </p>
      <div className="paper-acts">
        <Button large main submit>
          {t("papers:witness.keep")}
        </Button>
        <Button large onClick={onBack}>
          {t("papers:witness.back")}
        </Button>
      </div>
    </form>
  );
};
