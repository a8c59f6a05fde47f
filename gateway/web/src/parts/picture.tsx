/** A question's picture: as large as there is room beside the answers, and on a press as large as the screen. */

import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Dialog } from "./dialog";

/** One of this very server's is shown. Another server is asked only by whoever wants to see its picture. */
export function Picture({ url }: { url: string }) {
  const [isWanted, setWanted] = useState(false);
  const address = url === "" ? null : URL.parse(url, location.href);
  if (address === null) return null;
  const isOwn = address.origin === location.origin || address.protocol === "data:";
  if (!isOwn && address.protocol !== "https:") return null;
  if (isOwn || isWanted) return <ShownPicture address={address.href} />;
  return (
    <button type="button" class="button is-picture" onClick={() => setWanted(true)}>
      {t("question.picture.show", { host: address.host })}
    </button>
  );
}

function ShownPicture({ address }: { address: string }) {
  const [isLarge, enlarge] = useState(false);
  const alt = t("question.picture");
  return (
    <>
      <button type="button" class="picture-frame" onClick={() => enlarge(true)}>
        <img class="picture" src={address} alt={alt} />
        <span class="unseen"> {t("question.picture.enlarge")}</span>
      </button>
      {isLarge && (
        <Dialog id="picture" title={alt} onClose={() => enlarge(false)}>
          <img class="picture-large" src={address} alt={alt} />
        </Dialog>
      )}
    </>
  );
}
