import { plainScreen, type ScreenSettings } from "../shared/contract/screen-settings.ts";
import type { TerminalRole } from "../shared/domain/identity/roles.ts";
import type { StartRole } from "./args.ts";
import type { ScreenKind } from "./security/content-policy.ts";

const PUBLIC_ROLES: readonly StartRole[] = ["kiosk", "review", "display"];
export const kindOf = (role: StartRole): ScreenKind => (PUBLIC_ROLES.includes(role) ? "public" : "staff");

/** What of the settings a screen goes by: a tablet is held upright by its own system, and a pen's lines would run beside the pen. */
export const screenFor = (role: StartRole, screen: ScreenSettings): ScreenSettings => {
  if (kindOf(role) === "staff") return plainScreen;
  return role === "review" ? { ...screen, turn: 0 } : screen;
};

/** What the program shows: what it was told, if it is enrolled for that; the set-up otherwise. */
export const decideRole = (
  asked: StartRole | null,
  enrolled: TerminalRole | null,
  enrolledAs: TerminalRole | null,
): { readonly role: StartRole; readonly differs: boolean } => {
  if (asked === "launcher" || asked === "setup") return { role: asked, differs: false };
  if (enrolled === null) return { role: "setup", differs: false };
  // The hall may have made another screen of it; its shortcut still says the one that it was enrolled for.
  if (asked !== null && asked !== enrolled && asked !== enrolledAs) return { role: "setup", differs: true };
  return { role: enrolled, differs: false };
};
