import type { KeyboardEvent as ReactKeyboardEvent } from "react";

/**
 * True while an input method is putting a character together: its Enter chooses a candidate and must not act. WebKit sends the last
 * keydown after the composition has ended, which only code 229 tells.
 */
export function isComposing(event: KeyboardEvent | ReactKeyboardEvent): boolean {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}
