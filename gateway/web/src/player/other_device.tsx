/**
 * To go on on another device: a QR code of a link that is this very player. The token stands in the link's fragment,
 * which no browser sends and no server logs.
 */

import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";

type QrCode = ComponentType<{ text: string; label: string }>;

export const deviceLink = (token: string): string => `${location.origin}/#player=${encodeURIComponent(token)}`;

export function OtherDevice({ token }: { token: string }) {
  const [Drawn, draw] = useState<QrCode | null>(null);
  if (Drawn === null)
    return (
      <button
        type="button"
        class="button"
        onClick={() => void import("../parts/qr").then(({ Qr }) => draw(() => Qr))}
      >
        {t("device.title")}
      </button>
    );
  return (
    <div class="other-device" role="status">
      <p>{t("device.text")}</p>
      <Drawn text={deviceLink(token)} label={t("device.qr")} />
    </div>
  );
}
