// "Near me": asks the browser for the position only when the button is pressed, rounds
// it here, and puts nothing but the rounded value into the address. A position that is
// far from Herne is not sent at all.
//   [data-near-me]       the part; data-address, data-bounds and the answers in words
//   [data-near-with]     shown where scripts run and the browser can know a position
//   [data-near-without]  hidden then: what to do without
//   [data-near-ask]      the button; [data-near-note] says what came of it

(() => {
  const DECIMALS = 3; // about 100 m
  const PATIENCE = 15_000; // milliseconds

  const toggle = () => {
    for (const part of document.querySelectorAll("[data-near-me]")) {
      part.querySelector("[data-near-with]").hidden = !navigator.geolocation;
      part.querySelector("[data-near-without]").hidden = Boolean(navigator.geolocation);
    }
  };

  const go = (part, { latitude, longitude }) => {
    const [south, west, north, east] = part.dataset.bounds.split(",").map(Number);
    if (latitude < south || latitude > north || longitude < west || longitude > east) return false;
    const address = new URL(part.dataset.address, location);
    address.searchParams.set("near", [latitude, longitude].map((degrees) => degrees.toFixed(DECIMALS)).join());
    location.assign(address);
    return true;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-near-ask]");
    if (!button) return;
    const part = button.closest("[data-near-me]");
    const say = (answer) => {
      part.querySelector("[data-near-note]").textContent = part.dataset[answer];
      part.querySelector("[data-near-without]").hidden = answer === "asking";
    };
    say("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => go(part, coords) || say("far"),
      (error) => say(error.code === error.PERMISSION_DENIED ? "refused" : "unavailable"),
      { enableHighAccuracy: false, maximumAge: 300_000, timeout: PATIENCE },
    );
  });

  toggle();
  document.addEventListener("htmx:afterSettle", toggle);
})();
