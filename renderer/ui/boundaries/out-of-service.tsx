import i18next from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { directionOf } from "../../languages.ts";
import { useConnectionPart, useLive, useTerminal } from "../hooks.ts";
import "./out-of-service.css";

/**
 * For whoever stands before it: what to do instead, in every language at once, for nobody can choose one here. Only a kiosk has taken
 * in something of theirs.
 */
const ForAnybody = () => {
  const [isLoaded, setLoaded] = useState(false);
  const { role, screen } = useTerminal().info;
  const { languages } = screen;
  useEffect(() => {
    let isShown = true;
    i18next
      .loadLanguages([...languages])
      .then(() => isShown && setLoaded(true))
      .catch(() => undefined); // the language in use is there
    return () => {
      isShown = false;
    };
  }, [languages]);
  const shown = isLoaded ? languages : languages.filter((each) => i18next.hasResourceBundle(each, "public"));
  return (
    <main className="out-of-service" role="alert">
      {shown.map((language) => {
        const t = i18next.getFixedT(language, "public");
        return (
          <section key={language} lang={language} dir={directionOf(language)}>
            <h1>{t("outOfService.title")}</h1>
            <p>{t("outOfService.text")}</p>
            {role === "kiosk" ? <p>{t("outOfService.yours")}</p> : null}
          </section>
        );
      })}
    </main>
  );
};

const ForStaff = () => {
  const { t } = useTranslation();
  const { name } = useLive(useTerminal().standing);
  const outbox = useConnectionPart("outbox");
  return (
    <main className="out-of-service out-of-service-staff" role="alert">
      <section>
        <h1>{t("staff:outOfService.title")}</h1>
        <p>{t("staff:outOfService.text")}</p>
        <p>{outbox > 0 ? t("staff:outOfService.unsent", { n: outbox }) : t("staff:outOfService.sent")}</p>
        <small>{name ?? ""}</small>
      </section>
    </main>
  );
};

/** Shown in the place of a screen that the hall has put out of service. */
export const OutOfService = ({ isPublic }: { readonly isPublic: boolean }) =>
  isPublic ? <ForAnybody /> : <ForStaff />;
