/** The question's picture: a file, which goes to this server, or an address. */

import { t } from "../i18n";
import type { Upload } from "./uploads";

const KINDS = "image/png,image/jpeg,image/webp,image/gif,image/avif";

interface Props {
  url: string;
  upload: Upload | undefined;
  onFile: (file: File) => void;
  onUrl: (url: string) => void;
}

export const ImageField = ({ url, upload, onFile, onUrl }: Props) => (
  <fieldset class="image-field">
    <legend class="label">{t("editor.image")}</legend>
    <div class="row is-start">
      <label class="button is-small">
        <input
          type="file"
          accept={KINDS}
          class="unseen"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file !== undefined) onFile(file);
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
      {upload?.is === "taking" && t("editor.image.taking")}
    </p>
    {upload?.is === "failed" && (
      <p class="problem" role="alert">
        {upload.words}
      </p>
    )}
  </fieldset>
);
