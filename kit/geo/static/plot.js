/* The map of a field for a piece of land: corners are tapped, dragged and removed on it.
   What is sent is the text below it, a line for each corner. The area is reckoned with the
   radii of the ellipsoid in the middle of the land, as plots.py does. */
customElements.whenDefined("geo-pin").then((GeoPin) => {
  const { PI, cos, hypot, max, min, round, sign, sin, sqrt } = Math;
  const REACH = 24; // px around a corner that mean the corner
  const COARSE = 5; // metres of a pixel from which a tap is no corner
  const [RADIUS, FLAT] = [6378137, 0.00669438];
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  class GeoPlot extends GeoPin {
    connectedCallback() {
      if (this.svg) return;
      Object.assign(this, { corners: [], chosen: -1, held: -1, past: [], closed: false });
      super.connectedCallback();
      this.closed = this.corners.length > 2;
      this.cross = this.find("[data-cross]");
      this.other = document.getElementById(this.dataset.around);
      for (const kind of ["input", "change"])
        this.other?.addEventListener(kind, () => this.follow());
      this.follow();
      this.say(this.redraw());
    }
    get widths() {
      return [20 / this.dataset.metres, 80000 / this.dataset.metres];
    }
    get around() {
      return 150;
    }

    /* Shows the pin that the land lies around, and where nothing is drawn yet goes there. */
    follow() {
      const at = this.other && this.pair(this.other.value);
      if (!at) return;
      this.pin.dataset.at = this.place(...at).join(" ");
      this.pin.setAttribute("visibility", "visible");
      if (this.corners.length) this.show();
      else this.go(this.place(...at));
    }
    read() {
      const lines = this.field.value.split("\n").map((line) => line.trim());
      const places = lines.map((line) => line && this.pair(line));
      this.unread = lines.findIndex((line, at) => line && !places[at]) + 1;
      this.corners = places.filter(Boolean).map((at) => this.place(...at));
      this.chosen = min(this.chosen, this.corners.length - 1);
      return this.redraw();
    }
    edit(corners, chosen) {
      this.past.push(this.field.value);
      this.chosen = chosen;
      this.write(corners.map((corner) => this.written(corner)).join("\n"));
    }

    nearest(spot) {
      const far = this.corners.map(([x, y]) => hypot(x - spot[0], y - spot[1]) / this.unit);
      const least = min(...far);
      return least <= REACH ? far.indexOf(least) : -1;
    }
    put(spot) {
      const near = this.nearest(spot);
      if (near === 0 && !this.closed && this.corners.length > 2) return this.close();
      if (near >= 0 || this.closed) return this.choose(near);
      if (this.unit * this.dataset.metres <= COARSE) return this.add(spot);
      this.go(spot);
      this.say(this.dataset.coarse);
    }
    add(spot) {
      const { length } = this.corners;
      if (this.closed) return this.say(this.told());
      if (length >= this.dataset.most) return this.say(this.told("full", length));
      const at = this.chosen < 0 ? length : this.chosen + 1;
      this.edit([...this.corners.slice(0, at), spot, ...this.corners.slice(at)], at);
    }
    settle(spot) {
      this.go(spot);
      this.add(spot);
    }
    arrive(spot) {
      this.go(spot);
      this.say(this.dataset.there.replace("{name}", this.written(spot)));
    }
    choose(corner) {
      this.chosen = corner;
      this.say(this.redraw());
    }
    close() {
      this.closed = !this.closed && this.corners.length > 2;
      this.choose(this.closed ? -1 : this.corners.length - 1);
    }
    undo() {
      if (this.past.length) this.write(this.past.pop());
    }
    next() {
      const { corners, chosen } = this;
      if (!corners.length) return this.choose(-1);
      this.choose((chosen + 1) % corners.length);
      this.reveal(corners[this.chosen]);
    }
    cut() {
      const at = this.chosen < 0 ? this.corners.length - 1 : this.chosen;
      if (at >= 0) this.edit(this.corners.filter((_, one) => one !== at), -1);
    }
    reveal([x, y]) {
      const [left, top] = [x - this.x, y - this.y];
      if (min(left, top, this.w - left, this.w * this.ratio - top) < 0) this.centre([x, y]);
    }

    grab(spot) {
      this.drop();
      this.held = spot ? this.nearest(spot) : -1;
      this.aim = null;
    }
    carry(spot) {
      if (this.held < 0) return false;
      this.corners[this.held] = spot;
      this.moved = true;
      this.chosen = this.held;
      this.redraw();
      return true;
    }
    drop() {
      if (this.moved) this.edit(this.corners, this.held);
      this.moved = false;
      this.held = -1;
    }
    key({ key, shiftKey }) {
      if (key === "+") this.in();
      else if (key === "-") this.out();
      else if (key === "Delete" || key === "Backspace") this.cut();
      else if (key === "Escape") this.choose(-1);
      else if (key === "Enter") this.enter();
      else if (WAYS[key]) this.step(WAYS[key].map((way) => way * this.stride(shiftKey)));
      else return false;
      return true;
    }
    /* Puts a corner where the cross is; a chosen corner is let go, and the cross starts there. */
    enter() {
      const corner = this.corners[this.chosen];
      this.aim = corner || this.aim || this.middle;
      if (corner) return this.choose(-1);
      const before = this.corners.length;
      this.put(this.aim);
      if (this.corners.length > before) this.choose(-1);
    }
    step([right, down]) {
      const corner = this.corners[this.chosen];
      const [x, y] = corner || this.aim || this.middle;
      const to = [x + right, y + down];
      this.reveal(to);
      if (corner) return this.edit(this.corners.map((one) => (one === corner ? to : one)), this.chosen);
      this.aim = to;
      this.redraw();
    }

    redraw() {
      const { corners, chosen } = this;
      this.closed &&= corners.length > 2;
      const line = corners.map(([x, y], at) => `${at ? "L" : "M"}${x} ${y}`).join("");
      this.find("[data-line]").setAttribute("d", line + (this.closed ? "Z" : ""));
      const rest = !this.closed && corners.length > 2;
      this.find("[data-rest]").setAttribute("d", rest ? `M${corners.slice(-1)}L${corners[0]}` : "");
      const ring = (at) => `r="${at === chosen ? 13 : 9}" stroke-width="${at === chosen ? 4 : 1.5}"`;
      const mark = ([x, y], at) =>
        `<g data-at="${x} ${y}"><circle fill="var(--surface)" stroke="var(--ink)" ${ring(at)}/>` +
        `<text text-anchor="middle" y="4">${at + 1}</text></g>`;
      this.find("[data-corners]").innerHTML = corners.map(mark).join("");
      const aimed = this.aim && chosen < 0;
      this.cross?.setAttribute("visibility", aimed ? "visible" : "hidden");
      if (aimed) this.cross.dataset.at = this.aim.join(" ");
      this.swap(this.find("[data-otherwise]"));
      this.find("[data-measured]").textContent = this.measured();
      return this.label(this.told());
    }
    /* The button says what it does now: close the land, or open it again. */
    swap(button) {
      const { dataset, firstElementChild: words } = button;
      if ((dataset.now === "closed") === this.closed) return;
      [words.textContent, dataset.otherwise] = [dataset.otherwise, words.textContent];
      dataset.now = this.closed ? "closed" : "";
    }
    told(kind, number = this.corners.length) {
      const { corners, chosen, closed, dataset, unread } = this;
      const crossing = this.crossing();
      if (kind) return dataset[kind].replace("{number}", number);
      if (unread) return this.told("unread", unread);
      if (crossing) {
        const [first, second] = crossing;
        return dataset.crossing.replace("{first}", first).replace("{second}", second);
      }
      if (chosen >= 0 && (closed || chosen < corners.length - 1))
        return this.told("chosen", chosen + 1);
      if (closed) return this.told("done");
      return this.told(["none", "count", "count"][corners.length] || "enough");
    }

    /* The numbers of two sides that cross, the last one counted when the land is closed. */
    crossing() {
      const all = this.corners;
      const count = this.closed ? all.length : all.length - 1;
      const turn = ([a, b], [c, d], [x, y]) => sign((c - a) * (y - b) - (d - b) * (x - a));
      const apart = (a, b, c, d) => turn(a, b, c) * turn(a, b, d) < 0;
      for (let one = 0; one < count; one++)
        for (let two = one + 2; two < count - (one ? 0 : this.closed); two++) {
          const [a, b, c, d] = [all[one], all[one + 1], all[two], all[(two + 1) % all.length]];
          if (apart(a, b, c, d) && apart(c, d, a, b)) return [one + 1, two + 1];
        }
    }
    measured() {
      if (this.corners.length < 3 || this.crossing()) return "";
      const spots = this.corners.map((corner) => this.degrees(corner).map((one) => (one * PI) / 180));
      const lats = spots.map(([lat]) => lat);
      const middle = (min(...lats) + max(...lats)) / 2;
      const bulge = 1 - FLAT * sin(middle) ** 2;
      const [up, right] = [(RADIUS * (1 - FLAT)) / bulge ** 1.5, (RADIUS * cos(middle)) / sqrt(bulge)];
      let [area, line] = [0, 0];
      spots.forEach(([lat, lon], at) => {
        const [north, east] = spots[(at + 1) % spots.length];
        // Seen from the first corner, lest figures of the whole earth eat those of the land.
        const [y, x] = [(lat - spots[0][0]) * up, (lon - spots[0][1]) * right];
        const [v, u] = [(north - spots[0][0]) * up, (east - spots[0][1]) * right];
        area += (x * v - u * y) / 2;
        line += hypot(u - x, v - y);
      });
      area = Math.abs(area);
      const figure = (number) => round(number).toLocaleString("en");
      return this.dataset.area
        .replace("{area}", figure(area))
        .replace("{land}", this.land(area))
        .replace("{line}", figure(line));
    }
    land(area) {
      const tenths = round((area / 4) * 10);
      const figures = [Math.floor(tenths / 4000), Math.floor((tenths % 4000) / 1000), (tenths % 1000) / 10];
      const units = this.dataset.units.split(",");
      const said = figures.map((one, at) => one && `${one}\u00a0${units[at]}`).filter(Boolean);
      return said.join(" ") || `0 ${units[2]}`;
    }
  }
  customElements.get("geo-plot") || customElements.define("geo-plot", GeoPlot);
});
