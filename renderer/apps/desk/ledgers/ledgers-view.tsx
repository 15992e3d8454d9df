import { useMemo } from "react";
import { ledgerGroupOf } from "../../../../shared/domain/ledger/visible.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { LedgerPlaceContext, type LedgerPlace } from "../../../ui/ledgers/ledger-place.ts";
import { LedgerScreen } from "../../../ui/ledgers/ledger-screen.tsx";
import { useClerkNames } from "../floor/use-clerk-names.ts";
import { goTo, hashOf } from "../route.ts";
import { useDeskActor } from "../use-desk-actor.ts";
import { ArchivePanel } from "./archive-panel.tsx";
import { SurveyCodePanel } from "./survey-panel.tsx";

/** The ledgers at a desk, with their archive and the codes of questionnaires; the path names a ledger, and an entry in it. */
export const LedgersView = ({ path }: { readonly path: readonly string[] }) => {
  const terminal = useTerminal();
  const actor = useDeskActor();
  const clerkNames = useClerkNames();
  const place = useMemo((): LedgerPlace => {
    const group = ledgerGroupOf(actor);
    return {
      actor,
      clerkNames,
      go: (...to) => goTo("ledgers", ...to),
      linkOf: (...to) => `${terminal.info.nodeUrl ?? ""}/desk${hashOf("ledgers", ...to)}`,
      archive: (definition, today, onFound) => (
        <ArchivePanel
          definition={definition}
          today={today}
          mayExport={group !== undefined && group !== "page" && definition.exportedBy.includes(group)}
          onFound={onFound}
        />
      ),
      survey: (definition) => (group === "desk" ? <SurveyCodePanel definition={definition} /> : null),
    };
  }, [terminal, actor, clerkNames]);
  return (
    <LedgerPlaceContext value={place}>
      <main className="desk-cases">
        <LedgerScreen path={path} />
      </main>
    </LedgerPlaceContext>
  );
};
