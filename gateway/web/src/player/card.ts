/** One's result as a picture to keep: drawn in the browser, from words alone. */

const WIDTH = 1080;
const HEIGHT = 1080;
const EDGE = 72;

export interface CardWords {
  brand: string;
  title: string;
  place: string;
  detail: string;
  nickname: string;
  /** Of the page's language; people's own words find their direction themselves. */
  dir: "ltr" | "rtl";
}

/** Hands the picture to the system's sharing where there is one for files, else downloads it. */
export async function keepCard(words: CardWords): Promise<void> {
  const picture = await drawn(words);
  const file = new File([picture], "quizline.png", { type: "image/png" });
  const isPhone = matchMedia("(pointer: coarse)").matches;
  if (isPhone && navigator.canShare?.({ files: [file] })) {
    // Whoever closes the system's sheet again has been served.
    await navigator.share({ files: [file] }).catch(() => undefined);
    return;
  }
  download(file);
}

function download(file: File): void {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: address, download: file.name });
  link.click();
  // Not at once: the download reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function drawn(words: CardWords): Promise<Blob> {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("expected a canvas to draw on, got none");
  paint(pen, words);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("expected a picture, got none"))),
      "image/png",
    ),
  );
}

function paint(pen: CanvasRenderingContext2D, words: CardWords): void {
  const colour = colours();
  const stubTop = HEIGHT - 260;
  pen.fillStyle = colour("--card");
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = colour("--sign");
  pen.fillRect(0, stubTop, WIDTH, HEIGHT - stubTop);
  perforate(pen, stubTop, colour("--ink"));
  pen.direction = words.dir;
  pen.textAlign = "start";
  const startX = words.dir === "rtl" ? WIDTH - EDGE : EDGE;
  pen.fillStyle = colour("--ink-soft");
  write(pen, words.title, { x: startX, y: 150, sizePx: 52, lines: 2 });
  pen.fillStyle = colour("--ink");
  write(pen, words.place, { x: startX, y: 420, sizePx: 132, lines: 2 });
  write(pen, words.detail, { x: startX, y: 690, sizePx: 52, lines: 2 });
  pen.fillStyle = colour("--on-sign");
  write(pen, words.nickname, { x: startX, y: stubTop + 110, sizePx: 76, lines: 1 });
  write(pen, words.brand, { x: startX, y: stubTop + 200, sizePx: 48, lines: 1 });
}

/** As the page has them now, light or dark. */
function colours(): (token: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (token) => style.getPropertyValue(token).trim();
}

function perforate(pen: CanvasRenderingContext2D, y: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 6;
  pen.setLineDash([18, 14]);
  pen.beginPath();
  pen.moveTo(0, y);
  pen.lineTo(WIDTH, y);
  pen.stroke();
  pen.setLineDash([]);
  pen.strokeRect(3, 3, WIDTH - 6, HEIGHT - 6);
}

interface Spot {
  x: number;
  y: number;
  sizePx: number;
  lines: number;
}

/** In as many lines as there is room for; what is longer gets smaller. */
function write(pen: CanvasRenderingContext2D, text: string, { x, y, sizePx, lines }: Spot): void {
  const room = WIDTH - 2 * EDGE;
  for (let size = sizePx; ; size -= 4) {
    pen.font = `800 ${size}px sans-serif`;
    const rows = wrapped(pen, text, room);
    const fits = rows.length <= lines && rows.every((row) => pen.measureText(row).width <= room);
    if (!fits && size > 24) continue;
    rows.slice(0, lines).forEach((row, place) => void pen.fillText(row, x, y + place * size * 1.15, room));
    return;
  }
}

function wrapped(pen: CanvasRenderingContext2D, text: string, room: number): string[] {
  const rows: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = rows.length === 0 ? word : `${rows.at(-1)} ${word}`;
    if (rows.length > 0 && pen.measureText(longer).width <= room) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}
