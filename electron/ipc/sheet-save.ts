import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { app, dialog, type FileFilter } from "electron";
import type { Handler } from "./handler.ts";

/** Downloads are refused everywhere; a file leaves a staff terminal by this door only, to where the person says. */
export const saveWherePersonSays = async (name: string, filter: FileFilter, bytes: Uint8Array): Promise<boolean> => {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: join(app.getPath("documents"), name),
    filters: [filter],
  });
  if (canceled || filePath === "") return false;
  await writeFile(filePath, bytes);
  return true;
};

export const sheetSave: Handler<"sheet.save"> = {
  roles: ["desk"],
  handle: (_place, name, base64) =>
    saveWherePersonSays(
      name,
      name.endsWith(".log") ? { name: "日志 Log", extensions: ["log"] } : { name: "Excel", extensions: ["xlsx"] },
      Buffer.from(base64, "base64"),
    ),
};
