import type { Result } from "../../../../shared/basics/result.ts";
import {
  DESK_RELEASES_PATH,
  deskReleasesResponseSchema,
  type DeskReleases,
} from "../../../../shared/contract/desk-releases.ts";
import type { Reach } from "../../../../shared/domain/releases/stage.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { askDesk } from "../ask-desk.ts";

type Answer = Promise<Result<DeskReleases, string>>;

export const readReleases = (terminal: Terminal): Answer =>
  askDesk(terminal, DESK_RELEASES_PATH, deskReleasesResponseSchema);

export const stageRelease = (terminal: Terminal, version: string, reach: Reach): Answer =>
  askDesk(terminal, `${DESK_RELEASES_PATH}/stage`, deskReleasesResponseSchema, { version, reach });

export const haltRelease = (terminal: Terminal, version: string, isHalted: boolean): Answer =>
  askDesk(terminal, `${DESK_RELEASES_PATH}/halt`, deskReleasesResponseSchema, { version, isHalted });
