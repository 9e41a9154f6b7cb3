// Fields in which one chooses while typing (Select2, part of Django's admin) get the
// names that screen readers say; Select2 gives them none. Nor does the focus stay on
// the field it hides.

const CONTAINER = ".select2-container";

nameAll();
for (const head of document.querySelectorAll("thead th.original")) head.setAttribute("role", "presentation"); // for the pencil of each row
// Select2 comes later than this, and makes its parts anew with each choice.
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });

function nameAll() {
  for (const container of document.querySelectorAll(CONTAINER)) name(container);
}

function name(container) {
  if (container.previousElementSibling === document.activeElement) container.querySelector(".select2-selection, .select2-search__field")?.focus();
  const label = container.closest(".form-row, td")?.querySelector("label");
  const text = (label?.textContent ?? container.closest("td")?.dataset.name ?? document.title).trim().replace(/:$/, "");
  for (const field of container.querySelectorAll(".select2-search__field, .select2-selection--single")) {
    if (field.getAttribute("aria-label") !== text) field.setAttribute("aria-label", text);
    field.removeAttribute("aria-labelledby");
  }
  for (const part of container.querySelectorAll(".select2-selection--single > .select2-selection__rendered")) {
    part.setAttribute("role", "presentation");
    part.removeAttribute("aria-readonly");
  }
  for (const part of container.querySelectorAll(".select2-selection--multiple > ul, .select2-selection--multiple > ul > *")) part.setAttribute("role", "presentation");
}
