import type { HallState } from "../hall/state.ts";
import type { Intake } from "./intake.ts";

/** Whether a file belongs to an intake: to a material, or as the text or the signature of one of its papers. */
const holdsFile = ({ materials, documents }: Intake, hash: string): boolean =>
  materials.some(({ receipt }) => receipt?.files.some((file) => file.hash === hash) === true) ||
  documents.some(({ textHash, signature }) => textHash === hash || signature?.hash === hash);

/**
 * Whether staff may read a file: as long as a case that it belongs to is in the hall's state, and a department only when
 * one of those cases is its own.
 * @param department null: a window, or the duty desk
 */
export const mayReadFile = (state: Pick<HallState, "intakes">, department: string | null, hash: string): boolean => {
  for (const intake of state.intakes.values())
    if ((department === null || intake.departments.includes(department)) && holdsFile(intake, hash)) return true;
  return false;
};
