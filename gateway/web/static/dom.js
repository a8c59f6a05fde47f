/** The few things that the views need of the DOM. Text only ever enters as text nodes: no HTML is parsed. */

const SVG = "http://www.w3.org/2000/svg";

/** h("p", {class: "lead", onclick: f}, "text", node, null): an element. `false`, null and undefined are left out. */
export function h(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Change text only where it differs, so that nothing is announced or painted twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** People's own words may run either way. */
export const people = (name, attributes, text) => h(name, { dir: "auto", ...attributes }, text);

export const wantsLessMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Say something to a screen reader, politely, without moving the focus. */
export function announce(text) {
  const region = document.getElementById("announcer");
  region.textContent = "";
  // A changed text is spoken, the same one is not: emptied first, filled in the next frame.
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}

/**
 * One screen at a time in `place`. A screen is { element, update(model), stop() }; `show` builds it when `key` is a
 * new one, and brings it up to date otherwise. Focus that stood in the old screen goes to the new one's heading.
 */
export class Stage {
  #place;
  #key = null;
  #screen = null;

  constructor(place) {
    this.#place = place;
  }

  show(key, build, model) {
    if (key !== this.#key) this.#swap(key, build(model));
    this.#screen.update?.(model);
  }

  #swap(key, screen) {
    const active = document.activeElement;
    const hadFocus = this.#key !== null && (active === document.body || this.#place.contains(active));
    this.#screen?.stop?.();
    this.#key = key;
    this.#screen = screen;
    this.#place.replaceChildren(screen.element);
    if (hadFocus) (screen.element.querySelector("[data-focus]") ?? screen.element).focus({ preventScroll: true });
  }
}
