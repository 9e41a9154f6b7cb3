// A tab for each language of a form; without this the languages stand below each other.
// What was typed in German is shown beside its translations at once.

const groups = [];
for (const fieldset of document.querySelectorAll("fieldset.language")) {
  const last = groups.at(-1);
  if (last && last.at(-1).nextElementSibling === fieldset) {
    last.push(fieldset);
  } else {
    groups.push([fieldset]);
  }
}

for (const [number, fieldsets] of groups.entries()) {
  makeTabs(fieldsets, `languages-${number}`);
}

function makeTabs(fieldsets, id) {
  const list = document.createElement("div");
  list.className = "language-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", document.querySelector("[data-language-tabs]")?.dataset.languageTabs ?? "");
  fieldsets[0].before(list);
  const tabs = fieldsets.map((fieldset, position) => {
    const heading = fieldset.querySelector(".fieldset-heading");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${id}-${position}`;
    tab.setAttribute("role", "tab");
    for (const part of heading.childNodes) tab.append(part.cloneNode(true));
    const panel = document.createElement("div");
    panel.id = `${tab.id}-panel`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    fieldset.before(panel);
    panel.append(fieldset);
    tab.setAttribute("aria-controls", panel.id);
    tab.classList.toggle("has-errors", fieldset.querySelector(".errorlist") !== null);
    const details = fieldset.querySelector("details");
    if (details) {
      details.open = true;
      details.querySelector("summary").tabIndex = -1;
    }
    list.append(tab);
    return { tab, panel, fieldset };
  });

  const open = (wanted, withFocus) => {
    for (const { tab, panel } of tabs) {
      const isOpen = tab === wanted.tab;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
      panel.hidden = !isOpen;
    }
    if (withFocus) wanted.tab.focus();
  };

  for (const [position, one] of tabs.entries()) {
    one.tab.addEventListener("click", () => open(one, true));
    one.tab.addEventListener("keydown", (event) => {
      const onward = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      const steps = { ArrowRight: position + onward, ArrowLeft: position - onward, Home: 0, End: -1 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      open(tabs.at(steps[event.key] % tabs.length), true);
    });
  }

  const named = tabs.find(({ fieldset }) => fieldset.classList.contains(location.hash.slice(1)));
  open(tabs.find(({ tab }) => tab.classList.contains("has-errors")) ?? named ?? tabs[0], false);
}

for (const german of document.querySelectorAll("[data-german-of]")) {
  const field = document.getElementById(german.dataset.germanOf);
  field?.addEventListener("input", () => {
    german.textContent = field.value;
  });
}
