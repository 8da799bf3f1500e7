/* A button that fills in where the device is, and how sure it is of that. */
"use strict";
(() => {
  if (!navigator.geolocation) return;
  const how = { timeout: 30000, enableHighAccuracy: true, maximumAge: 0 }; // ms
  document.querySelectorAll("[data-here]").forEach((box) => {
    const { here, accuracy: within, seeking, found, lost } = box.dataset;
    const button = box.querySelector("button");
    const said = box.querySelector("[role=status]");
    const { elements } = button.form;
    const take = ({ coords: { latitude, longitude, accuracy } }) => {
      const metres = Math.round(accuracy);
      elements[here].value = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
      if (within) elements[within].value = metres;
      said.textContent = found.replace("{n}", metres);
    };
    button.addEventListener("click", () => {
      said.textContent = seeking;
      navigator.geolocation.getCurrentPosition(take, () => (said.textContent = lost), how);
    });
    box.hidden = false;
  });
})();
