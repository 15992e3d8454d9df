import type { Page } from "@playwright/test";
import { DESK_RELEASES_PATH, type DeskRelease, type DeskReleases } from "../../../shared/contract/desk-releases.ts";
import { widen, type Reach } from "../../../shared/domain/releases/stage.ts";

const release = (version: string, rest: Partial<DeskRelease> = {}): DeskRelease => ({
  version,
  size: 98_000_000,
  addedAt: Date.UTC(2026, 10, 22, 1),
  reach: { kind: "nobody" },
  isHaltedHere: false,
  isHaltedAbove: false,
  fromCity: false,
  isHere: true,
  stands: {},
  troubled: [],
  ...rest,
});

/** Answers a preview's desk as a hall's node with two releases: a new one, and one of the city that did not come up somewhere. */
export const serveReleases = async (page: Page): Promise<void> => {
  let list: DeskReleases = {
    releases: [
      release("0.3.0"),
      release("0.2.0", {
        fromCity: true,
        reach: { kind: "all" },
        isHaltedHere: true,
        stands: { running: 17, fetched: 2, failed: 1 },
        troubled: [{ name: "东门取号机", state: "failed" }],
      }),
    ],
    terminals: [
      { id: "k1", name: "东门取号机", role: "kiosk" },
      { id: "w3", name: "三号窗口", role: "window" },
    ],
    halls: [],
  };
  await page.route(`**${DESK_RELEASES_PATH}{,/stage,/halt}`, async (route) => {
    const { version, reach, isHalted } = route.request().postDataJSON() as {
      readonly version?: string;
      readonly reach?: Reach;
      readonly isHalted?: boolean;
    };
    const releases = list.releases.map((each) => {
      if (each.version !== version) return each;
      return {
        ...each,
        ...(reach ? { reach: widen(each.reach, reach) } : {}),
        isHaltedHere: isHalted ?? each.isHaltedHere,
      };
    });
    list = { ...list, releases };
    await route.fulfill({ json: list });
  });
};
