import { z } from "zod";

// zod would make functions out of text, which the content security policy forbids; must run before any schema is made.
z.config({ jitless: true });
