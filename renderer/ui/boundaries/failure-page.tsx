import { useEffect, useState } from "react";
import { bothLanguages } from "./both-languages.ts";

const FIRST_SECONDS = 15;
const MOST_SECONDS = 300;
const COUNT_KEY = "service-hall-restarts";
const QUIET_AFTER_MS = 10 * 60_000;

/** A screen that fails again and again waits longer each time; after a quiet while it starts from the first again. */
const nextDelay = (): number => {
  let times = 0;
  try {
    const [count = "0", at = "0"] = (sessionStorage.getItem(COUNT_KEY) ?? "").split(" ");
    if (Date.now() - Number(at) < QUIET_AFTER_MS) times = Number(count) || 0;
    sessionStorage.setItem(COUNT_KEY, `${String(times + 1)} ${String(Date.now())}`);
  } catch {
    // Without a memory it restarts after the first delay each time.
  }
  return Math.min(MOST_SECONDS, FIRST_SECONDS * 2 ** times);
};

const fill = (text: string, seconds: number): string => text.replace("{{seconds}}", String(seconds));

/** What is shown instead of a screen that failed: what to do, in both languages, and on public screens a restart. */
export const FailurePage = ({ isPublic, detail }: { readonly isPublic: boolean; readonly detail: string }) => {
  const [seconds, setSeconds] = useState(nextDelay);
  useEffect(() => {
    if (!isPublic) return;
    if (seconds <= 0) return location.reload();
    const timer = setTimeout(() => setSeconds(seconds - 1), 1_000);
    return () => clearTimeout(timer);
  }, [isPublic, seconds]);
  return (
    <main className="boot-page" role="alert">
      {bothLanguages.map(({ language, texts }) => (
        <section key={language} lang={language}>
          <h1>{texts.failure.title}</h1>
          <p>{isPublic ? texts.failure.publicAdvice : texts.failure.staffAdvice}</p>
          {isPublic && <p>{fill(texts.failure.restart, Math.max(0, seconds))}</p>}
        </section>
      ))}
      {!isPublic && (
        <>
          <button type="button" onClick={() => location.reload()}>
            {bothLanguages.map(({ texts }) => texts.failure.again).join(" / ")}
          </button>
          <small>{detail}</small>
        </>
      )}
    </main>
  );
};
