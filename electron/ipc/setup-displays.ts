import { screen } from "electron";
import { STAFF_ROLES, type Handler } from "./handler.ts";

export const setupDisplays: Handler<"setup.displays"> = {
  roles: STAFF_ROLES,
  handle() {
    const primary = screen.getPrimaryDisplay().id;
    return screen.getAllDisplays().map(({ id, label, size }) => ({
      id,
      label,
      width: size.width,
      height: size.height,
      primary: id === primary,
    }));
  },
};
