/* The map of a pin field: it moves the view box of the SVG that the server drew.
   The Web Mercator formulas are those of mercator.py. Tiles are fetched only after a tap.
   plot.js makes the map of a piece of land of it. */
const { PI, atan, asinh, sinh, tan, log2, log10, floor, hypot, max, min } = Math;
const TEXT = 14 / 12; // px of a label for each one of the style sheet
const DRAG = 6; // px from which a touch is no tap
const GRAIN = 1.2; // metres, a little more than five decimals of a degree tell apart
const ROUGH = 50; // metres from which a device is told to be wrong
const PLACE = /!3d([\d.]+)!4d([\d.]+)/;
const LINK = /(?:[?&](?:q|query|ll|daddr|destination|center|cp)=(?:loc:)?|@|geo:)\s?([\d.]+)[,~\s]\s?([\d.]+)/i;
const PAIR = /^[([]?\s*(\d+\.\d+)\s*[°º]?\s*[Nn]?[\s,;|/]+(\d+\.\d+)\s*[°º]?\s*[Ee]?\s*[)\]]?$/;
const DEGREES = /(\d+)\s*[°º]\s*(\d+(?:\.\d+)?)\s*['′’]\s*(?:(\d+(?:\.\d+)?)\s*["″”])?/g;

/* The plainest ways in which people write a place; the server knows more, and decides. */
function pair(text) {
  let typed = text.replace(/[\u0e50-\u0e59]/g, (digit) => digit.charCodeAt() - 0xe50).trim();
  try {
    typed = decodeURIComponent(typed.replace(/\+/g, " "));
  } catch {} // no address then
  const found = PLACE.exec(typed) || LINK.exec(typed) || PAIR.exec(typed);
  const degrees = [...typed.matchAll(DEGREES)].map(([, d, m, s]) => +d + m / 60 + (s || 0) / 3600);
  const [lat, lon] = found ? found.slice(1).map(Number) : degrees;
  return lat >= 5 && lat <= 21 && lon >= 97 && lon <= 106 && [lat, lon];
}
const plain = (name) => name.toLowerCase().replace(/[\s.'’()-]/g, "");

class GeoPin extends HTMLElement {
  connectedCallback() {
    if (this.svg) return;
    const find = (selector) => this.querySelector(selector);
    const tell = (kind, act) => this.map.addEventListener(kind, act);
    this.find = find;
    [this.svg, this.map, this.field] = [find("svg.m"), find(".map"), find("[data-typed]")];
    [this.pin, this.limit] = [find("[data-pin]"), find("[data-limit]")];
    const { width, height } = this.svg.viewBox.baseVal;
    [this.x, this.y, this.w, this.full, this.ratio] = [0, 0, width, width, height / width];
    this.querySelectorAll("[data-tool]").forEach((tool) => (tool.hidden = false));
    this.map.tabIndex = 0;
    this.map.style.touchAction = "none";
    this.onclick = ({ target }) => this[target.closest("[data-do]")?.dataset.do]?.();
    this.field.addEventListener("input", () => this.read());
    find("[data-find]").onkeydown = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.seek();
    };
    const touches = new Map();
    let dragged, start;
    tell("click", (event) => dragged || this.put(this.at(event)));
    tell("keydown", (event) => this.key(event) && event.preventDefault());
    tell("pointerdown", (event) => {
      dragged = touches.size > 0;
      touches.set(event.pointerId, (start = event));
      this.grab(touches.size === 1 && this.at(event));
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"])
      tell(end, (event) => touches.delete(event.pointerId) && this.drop());
    tell("pointermove", (event) => {
      const id = event.pointerId;
      const was = touches.get(id);
      const far = was && hypot(event.x - start.x, event.y - start.y) > DRAG;
      if (!was || !(dragged ||= far)) return;
      this.map.setPointerCapture(id);
      const [[a, b], [c, d]] = [this.at(was), this.at(event)];
      touches.set(id, event);
      if (this.carry([c, d])) return;
      const other = [...touches.values()].find((one) => one.pointerId !== id);
      if (!other) return this.show(this.x + a - c, this.y + b - d);
      const [x, y] = this.at(other);
      this.zoom(hypot(a - x, b - y) / (hypot(c - x, d - y) || 1), [x, y]);
    });
    new ResizeObserver(() => this.show()).observe(this.svg);
    this.read();
  }

  /* SVG units for a pixel of the screen. */
  get unit() {
    return this.w / (this.svg.clientWidth || this.full);
  }
  /* Units that the map may show from west to east, and metres around a place that was found. */
  get widths() {
    return [this.full / 64, this.full * 4];
  }
  get around() {
    return 1000;
  }
  pair(text) {
    return pair(text);
  }
  get middle() {
    return [this.x + this.w / 2, this.y + (this.w * this.ratio) / 2];
  }
  at({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect();
    return [this.x + (clientX - box.left) * this.unit, this.y + (clientY - box.top) * this.unit];
  }
  place(lat, lon) {
    const { world, left, top } = this.dataset;
    const y = 0.5 - asinh(tan((lat * PI) / 180)) / (2 * PI);
    return [(lon / 360 + 0.5) * world - left, y * world - top];
  }
  degrees([x, y]) {
    const { world, left, top } = this.dataset;
    const lat = atan(sinh((0.5 - (y + +top) / world) * 2 * PI)) * (180 / PI);
    return [lat, ((x + +left) / world - 0.5) * 360];
  }

  /* What a finger may take hold of beside the map itself: nothing here, corners in a plot. */
  grab() {}
  carry() {}
  drop() {}

  written(spot) {
    return this.degrees(spot).map((n) => n.toFixed(5)).join(", ");
  }
  write(text) {
    this.field.value = text;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
    this.say(this.read());
  }
  put(spot) {
    this.write(this.written(spot));
    this.find("[data-unmoved]")?.remove();
  }
  read() {
    const at = pair(this.field.value);
    this.spot = at && this.place(...at);
    this.pin.setAttribute("visibility", at ? "visible" : "hidden");
    let said = this.dataset.none;
    if (at) {
      const point = this.svg.createSVGPoint();
      [point.x, point.y] = this.spot;
      this.pin.dataset.at = this.spot.join(" ");
      said = this.dataset[this.limit.isPointInFill(point) ? "inside" : "outside"];
      said = said.replace("{pin}", this.written(this.spot));
    }
    return this.label(said);
  }
  label(said) {
    this.map.setAttribute("aria-label", `${this.dataset.name}: ${said}`);
    this.show();
    return said;
  }
  say(sentence) {
    this.find("[data-status]").textContent = sentence;
  }

  show(x = this.x, y = this.y, w = this.w) {
    Object.assign(this, { x, y, w });
    const [h, unit] = [w * this.ratio, this.unit];
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    const put = (group, at, size) =>
      group.setAttribute("transform", `translate(${at}) scale(${size * unit})`);
    for (const group of this.querySelectorAll("[data-at]"))
      put(group, group.dataset.at, group === this.pin ? 1 : TEXT);
    const bar = this.find("[data-bar]");
    const metres = this.dataset.metres * unit * TEXT;
    const ten = 10 ** floor(log10(metres * 110));
    const long = ten * [5, 2, 1].find((times) => times * ten <= metres * 110);
    const [by, kind] = long < 1000 ? [1, "m"] : [1000, "km"];
    bar.firstElementChild.setAttribute("d", `M0-6V0H${long / metres}V-6`);
    bar.lastElementChild.textContent = this.dataset[kind].replace("{length}", long / by);
    put(bar, [x + 16 * unit, y + h - 14 * unit], TEXT);
    if (this.tiled) this.draw(x, y, w, h);
  }
  draw(x, y, w, h) {
    const { world, left, top, url } = this.dataset;
    const z = max(0, min(19, Math.round(log2(world / this.unit / 256))));
    const size = world / 2 ** z;
    const layer = this.find("[data-tiles]");
    const old = new Map([...layer.children].map((tile) => [tile.dataset.tile, tile]));
    for (let col = floor((x + +left) / size); col * size - left < x + w; col++)
      for (let row = floor((y + +top) / size); row * size - top < y + h; row++) {
        const href = url.replace("{z}", z).replace("{x}", col).replace("{y}", row);
        if (old.delete(href)) continue;
        const tile = document.createElementNS(this.svg.namespaceURI, "image");
        const facts = { x: col * size - left, y: row * size - top, width: size, height: size };
        for (const [name, fact] of Object.entries({ ...facts, href, "data-tile": href }))
          tile.setAttribute(name, fact);
        layer.append(tile);
      }
    old.forEach((tile) => tile.remove());
  }

  zoom(factor, [x, y]) {
    const [least, most] = this.widths;
    const w = max(least, min(most, this.w * factor));
    const by = w / this.w;
    this.show(x - (x - this.x) * by, y - (y - this.y) * by, w);
  }
  centre([x, y]) {
    this.show(x - this.w / 2, y - (this.w * this.ratio) / 2);
  }
  in() {
    this.zoom(0.5, this.spot || this.middle);
  }
  out() {
    this.zoom(2, this.middle);
  }
  tiles() {
    this.tiled = this.find("[data-do=tiles]").hidden = true;
    this.find("[data-credit]").hidden = false;
    this.limit.setAttribute("fill", "none");
    this.show();
  }
  here() {
    this.say(this.dataset.seeking);
    const found = ({ coords }) => {
      const spot = this.place(coords.latitude, coords.longitude);
      this.settle(spot);
      const { textContent: said } = this.find("[data-status]");
      const rough = this.dataset.rough.replace("{length}", Math.round(coords.accuracy));
      if (coords.accuracy > ROUGH) this.say(`${said} ${rough}`);
    };
    const lost = () => this.say(this.dataset.lost);
    const how = { timeout: 20000, enableHighAccuracy: true };
    navigator.geolocation.getCurrentPosition(found, lost, how);
  }
  /* Goes to the place with that name, or to coordinates, where a pin is put too. */
  seek() {
    const { value, list } = this.find("[data-find]");
    const at = pair(value);
    if (at) return this.arrive(this.place(...at));
    const asked = plain(value);
    const named = [...list.options].filter((one) => asked && plain(one.value).includes(asked));
    const exact = named.filter((one) => plain(one.value) === asked);
    const [one, more] = exact.length ? exact : named;
    const kind = one ? (more ? "some" : "there") : "missing";
    const name = named.map((each) => each.value).slice(0, 5).join(", ");
    if (kind === "there") this.go(this.place(...pair(one.dataset.place)));
    this.say(this.dataset[kind].replace("{name}", kind === "there" ? one.value : name || value));
  }
  settle(spot) {
    this.centre(spot);
    this.put(spot);
  }
  arrive(spot) {
    this.go(spot);
    this.put(spot);
  }
  go(spot) {
    const w = min(this.w, this.around / this.dataset.metres);
    this.show(this.x, this.y, w);
    this.centre(spot);
  }
  /* Units that an arrow key moves something by: pixels, unless they are lost in rounding. */
  stride(fine) {
    return max(this.unit * (fine ? 1 : 8), GRAIN / this.dataset.metres);
  }
  key({ key, shiftKey }) {
    if (key === "+") this.in();
    if (key === "-") this.out();
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    if (!way) return "+-".includes(key);
    const step = this.spot ? this.stride(shiftKey) : 0;
    const [x, y] = this.spot || this.middle;
    const to = [x + way[0] * step, y + way[1] * step];
    const [left, top] = [to[0] - this.x, to[1] - this.y];
    if (min(left, top, this.w - left, this.w * this.ratio - top) < 0) this.centre(to);
    this.put(to);
    return true;
  }
}

customElements.get("geo-pin") || customElements.define("geo-pin", GeoPin);
