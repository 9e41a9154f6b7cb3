// Results follow the filters at once. The form stays a plain GET form: this only
// asks htmx to send it when a choice changed, and keeps opened groups open.

(() => {
  const form = document.querySelector("[data-search-form]");
  if (!form || !window.htmx) return;
  const WAIT = 350; // milliseconds after the last change
  let waiting;

  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-search-field]")) return; // words are sent by the button
    clearTimeout(waiting);
    waiting = setTimeout(() => htmx.trigger(form, "filters-changed"), WAIT);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));

  // Empty fields need not stand in the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    const values = event.detail.formData;
    for (const name of new Set(values.keys())) {
      const filled = values.getAll(name).filter((value) => value !== "");
      values.delete(name);
      for (const value of filled) values.append(name, value);
    }
  });

  // A group that the reader opened or closed stays so when the counts change.
  let states = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    states = new Map([...form.querySelectorAll("details[id]")].map((group) => [group.id, group.open]));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const [id, open] of states) {
      const group = document.getElementById(id);
      if (group) group.open = open;
    }
  });
})();
