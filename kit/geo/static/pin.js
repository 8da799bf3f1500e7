/* The map of a pin field: it moves the view box of the SVG that the server drew.
   The Web Mercator formulas are those of mercator.py. Tiles are fetched only after a tap. */
const { PI, atan, asinh, sinh, tan, log2, log10, floor, hypot, max, min } = Math;
const TEXT = 14 / 12; // px of a label for each one of the style sheet
const DRAG = 6; // px from which a touch is no tap

class GeoPin extends HTMLElement {
  connectedCallback() {
    if (this.svg) return;
    const find = (selector) => this.querySelector(selector);
    const tell = (kind, act) => this.map.addEventListener(kind, act);
    this.find = find;
    [this.svg, this.map, this.field] = [find("svg.m"), find(".map"), find("input")];
    [this.pin, this.limit] = [find("[data-pin]"), find("[data-limit]")];
    const { width, height } = this.svg.viewBox.baseVal;
    [this.x, this.y, this.w, this.full, this.ratio] = [0, 0, width, width, height / width];
    this.querySelectorAll("[data-tool]").forEach((tool) => (tool.hidden = false));
    this.map.tabIndex = 0;
    this.map.style.touchAction = "none";
    this.onclick = ({ target }) => this[target.closest("[data-do]")?.dataset.do]?.();
    this.field.addEventListener("input", () => this.read());
    const touches = new Map();
    let dragged, start;
    tell("click", (event) => dragged || this.put(this.at(event)));
    tell("keydown", (event) => this.key(event) && event.preventDefault());
    tell("pointerdown", (event) => {
      dragged = touches.size > 0;
      touches.set(event.pointerId, (start = event));
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"])
      tell(end, (event) => touches.delete(event.pointerId));
    tell("pointermove", (event) => {
      const id = event.pointerId;
      const was = touches.get(id);
      const far = was && hypot(event.x - start.x, event.y - start.y) > DRAG;
      if (!was || !(dragged ||= far)) return;
      this.map.setPointerCapture(id);
      const [[a, b], [c, d]] = [this.at(was), this.at(event)];
      touches.set(id, event);
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

  put(spot) {
    this.field.value = this.degrees(spot).map((n) => n.toFixed(5)).join(", ");
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
    this.say(this.read());
  }
  read() {
    const typed = this.field.value.replace(/[\u0e50-\u0e59]/g, (digit) => digit.charCodeAt() - 0xe50);
    const pair = /^\s*(\d+\.\d+)[\s,;]+(\d+\.\d+)\s*$/.exec(typed);
    this.spot = pair && this.place(+pair[1], +pair[2]);
    this.pin.setAttribute("visibility", pair ? "visible" : "hidden");
    let said = this.dataset.none;
    if (pair) {
      const point = this.svg.createSVGPoint();
      [point.x, point.y] = this.spot;
      this.pin.dataset.at = this.spot.join(" ");
      said = this.dataset[this.limit.isPointInFill(point) ? "inside" : "outside"];
      said = said.replace("{pin}", typed.trim());
    }
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
    const w = max(this.full / 64, min(this.full * 4, this.w * factor));
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
      this.centre(spot);
      this.put(spot);
    };
    const lost = () => this.say(this.dataset.lost);
    navigator.geolocation.getCurrentPosition(found, lost, { timeout: 20000 });
  }
  key({ key, shiftKey }) {
    if (key === "+") this.in();
    if (key === "-") this.out();
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    if (!way) return "+-".includes(key);
    const step = this.spot ? this.unit * (shiftKey ? 1 : 8) : 0;
    const [x, y] = this.spot || this.middle;
    const to = [x + way[0] * step, y + way[1] * step];
    const [left, top] = [to[0] - this.x, to[1] - this.y];
    if (min(left, top, this.w - left, this.w * this.ratio - top) < 0) this.centre(to);
    this.put(to);
    return true;
  }
}

customElements.get("geo-pin") || customElements.define("geo-pin", GeoPin);
