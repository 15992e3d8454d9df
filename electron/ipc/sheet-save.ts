import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { app, dialog } from "electron";
import type { Handler } from "./handler.ts";

/** Downloads are refused everywhere; a workbook leaves the desk by this door only, to where the person says. */
export const sheetSave: Handler<"sheet.save"> = {
  roles: ["desk"],
  async handle(_place, name, base64) {
    const { canceled, filePath } = await dialog.showSaveDialog({
      defaultPath: join(app.getPath("documents"), name),
      filters: [{ name: "Excel", extensions: ["xlsx"] }],
    });
    if (canceled || filePath === "") return false;
    await writeFile(filePath, Buffer.from(base64, "base64"));
    return true;
  },
};
