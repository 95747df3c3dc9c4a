import { useCallback, useEffect, useReducer, useRef } from "react";

type Find = () => HTMLElement | null | undefined;

/**
 * Moves the cursor to what a change only now brings on the screen: it arrives with the drawing in which `find` gives an element, however
 * late that is. The next wish takes the place of one that is still waiting.
 */
export function useFocusDrawn(): (find: Find) => void {
  const wanted = useRef<Find | null>(null);
  const [, draw] = useReducer((drawings: number) => drawings + 1, 0);
  useEffect(() => {
    const found = wanted.current?.();
    if (!found) return;
    wanted.current = null;
    found.focus();
  });
  return useCallback((find) => {
    wanted.current = find;
    draw();
  }, []);
}
