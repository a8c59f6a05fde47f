/** Pictures on their way to the server: each arrives at the question that it was chosen for, wherever one is by then. */

import { useRef, useState } from "preact/hooks";
import { asAuthor } from "../client/author";
import { LIBRARY_IMAGE_BYTES } from "../client/bounds.gen";
import { storeImage } from "../client/host_drafts";
import { t } from "../i18n";
import { problemText } from "../i18n/refusals";

export type Upload = { is: "taking" } | { is: "failed"; words: string };

/** By the keys of questions. */
export interface Uploads {
  isTaking: boolean;
  of: (key: number) => Upload | undefined;
  /** Whichever was chosen last stands. */
  take: (key: number, file: File) => Promise<void>;
  /** What is on its way is not wanted any more. */
  forget: (key: number) => void;
}

export function useUploads(onTaken: (key: number, url: string) => void): Uploads {
  const [uploads, become] = useState<ReadonlyMap<number, Upload>>(new Map());
  const wanted = useRef(new Map<number, File>());
  const tell = (key: number, upload: Upload | null) =>
    become((before) => {
      const others = [...before].filter(([other]) => other !== key);
      return new Map(upload === null ? others : [...others, [key, upload]]);
    });
  const take = async (key: number, file: File) => {
    if (file.size > LIBRARY_IMAGE_BYTES) return tell(key, { is: "failed", words: t("editor.image.large") });
    wanted.current.set(key, file);
    tell(key, { is: "taking" });
    const isWanted = () => wanted.current.get(key) === file;
    try {
      const url = await asAuthor((token) => storeImage(token, file));
      if (!isWanted()) return;
      onTaken(key, url);
      tell(key, null);
    } catch (error) {
      if (isWanted()) tell(key, { is: "failed", words: problemText(error) });
    }
  };
  return {
    isTaking: [...uploads.values()].some((upload) => upload.is === "taking"),
    of: (key) => uploads.get(key),
    take,
    forget: (key) => {
      wanted.current.delete(key);
      tell(key, null);
    },
  };
}
