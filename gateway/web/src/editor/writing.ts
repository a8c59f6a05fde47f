/** What is being written, and its history: always the latest, so that what took a while changes what is there by then. */

import { useEffect, useRef } from "preact/hooks";
import { useRedraw } from "../parts/hooks";
import type { Document } from "./document";
import { begun, changed, type History, redone, undone } from "./history";

export interface Writing {
  document: Document;
  canUndo: boolean;
  canRedo: boolean;
  /** `field`: which one is typed in, so that its letters are undone together. */
  change: (to: (document: Document) => Document, field?: string) => void;
  undo: () => void;
  redo: () => void;
  /** With another document, which is no change of this one. */
  restart: (document: Document) => void;
}

export function useWriting(first: Document, onChanged: (document: Document) => void): Writing {
  const redraw = useRedraw();
  const kept = useRef<History<Document>>(begun(first));
  const become = (next: History<Document>) => {
    if (next.present === kept.current.present) return;
    kept.current = next;
    redraw();
    onChanged(next.present);
  };
  const undo = () => become(undone(kept.current));
  const redo = () => become(redone(kept.current));
  useUndoKeys(undo, redo);
  const { past, present, future } = kept.current;
  return {
    document: present,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    change: (to, field = "") => become(changed(kept.current, to(kept.current.present), field, Date.now())),
    undo,
    redo,
    restart: (document) => {
      kept.current = begun(document);
      redraw();
    },
  };
}

/** Ctrl or ⌘ with Z, with Shift or Y for again: for the whole quiz, not for one field. */
function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}
