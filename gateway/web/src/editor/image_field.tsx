/** The question's picture: a file, which goes to this server, or an address. */

import { useState } from "preact/hooks";
import { asAuthor } from "../client/author";
import { storeImage } from "../client/host_drafts";
import { t } from "../i18n";
import { problemText } from "../i18n/refusals";

const KINDS = "image/png,image/jpeg,image/webp,image/gif,image/avif";
const MOST_BYTES = 6 * 1024 * 1024;

export function ImageField({ url, onUrl }: { url: string; onUrl: (url: string) => void }) {
  const [words, say] = useState("");
  const [problem, complain] = useState("");
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    complain("");
    if (file.size > MOST_BYTES) return complain(t("editor.image.large"));
    say(t("editor.image.taking"));
    try {
      onUrl(await asAuthor((token) => storeImage(token, file)));
    } catch (error) {
      complain(problemText(error));
    }
    say("");
  };
  return (
    <fieldset class="image-field">
      <legend class="label">{t("editor.image")}</legend>
      <div class="row is-start">
        <label class="button is-small">
          <input
            type="file"
            accept={KINDS}
            class="unseen"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
          {t("editor.image.file")}
        </label>
        {url !== "" && (
          <button type="button" class="button is-small is-quiet" onClick={() => onUrl("")}>
            {t("editor.image.remove")}
          </button>
        )}
      </div>
      <div class="field">
        <label class="label" htmlFor="image-url">
          {t("editor.image.url")}
        </label>
        <input
          id="image-url"
          class="typed"
          type="url"
          dir="ltr"
          value={url}
          onInput={(event) => onUrl(event.currentTarget.value.trim())}
        />
      </div>
      <p class="soft" role="status">
        {words}
      </p>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
