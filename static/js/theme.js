// Light or dark: the reader's own choice, kept on their device only.
// Loaded before the page is drawn, so that it never flashes.

(() => {
  const KEY = "theme";
  const root = document.documentElement;
  root.classList.add("has-scripts");
  // Beside another language the frame around says which one this is.
  if (window.self !== window.top) root.classList.add("is-framed");

  const kept = () => {
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch {
      return "auto"; // storage is switched off
    }
  };

  const show = (choice) => {
    if (choice === "auto") delete root.dataset.theme;
    else root.dataset.theme = choice;
    for (const button of document.querySelectorAll("[data-theme-choice] button")) {
      button.setAttribute("aria-pressed", String(button.value === choice));
    }
  };

  show(kept());

  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-theme-choice]")) {
      group.hidden = false;
      group.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        try {
          if (button.value === "auto") localStorage.removeItem(KEY);
          else localStorage.setItem(KEY, button.value);
        } catch {
          // The choice then holds for this page only.
        }
        show(button.value);
      });
    }
    show(kept());
  });
})();
