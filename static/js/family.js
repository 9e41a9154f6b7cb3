// The month of birth in the family portal: becomes the age of the form, here in the
// browser. Its fields have no name, so the form never sends them. Kept on the device
// only where the reader ticks it (localStorage "birth_month", "2024-05").
//   [data-birth]   the fields, hidden until this runs; data-now is the month to count from

(() => {
  const KEY = "birth_month";
  const block = document.querySelector("[data-birth]");
  if (!block) return;
  const at = (id) => document.getElementById(id);
  const [age, month, year] = [at("age_months"), at("birth_month"), at("birth_year")];
  const [kept, forget] = [at("birth_kept"), at("birth_forget")];
  const note = block.querySelector("[role=status]");
  const { now, earliest, oldest } = block.dataset;

  const stored = () => {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return ""; // storage is switched off
    }
  };

  const store = (text) => {
    try {
      if (text) localStorage.setItem(KEY, text);
      else localStorage.removeItem(KEY);
    } catch {
      // Then it is only for this visit.
    }
    forget.hidden = !stored();
  };

  const counted = (text) => {
    const [ofYear, ofMonth] = text.split("-").map(Number);
    return ofYear * 12 + ofMonth;
  };

  const given = () => (month.value && year.value ? `${year.value}-${month.value.padStart(2, "0")}` : "");

  const take = () => {
    note.textContent = "";
    if (!given()) return;
    const months = counted(now) - counted(given());
    if (months < Number(earliest) || months > Number(oldest)) {
      note.textContent = note.dataset.outside;
      store("");
      return;
    }
    if (![...age.options].some((option) => option.value === String(months))) {
      const said = [month, year].map((field) => field.selectedOptions[0].text).join(" ");
      age.add(new Option(said, months));
    }
    age.value = months;
    store(kept.checked ? given() : "");
  };

  const fill = (text) => {
    const [ofYear, ofMonth] = text.split("-").map(Number);
    year.value = ofYear || "";
    month.value = ofMonth || "";
  };

  for (const field of [month, year, kept]) field.addEventListener("change", take);
  age.addEventListener("change", () => {
    if (!stored()) fill("");
  });
  forget.addEventListener("click", () => {
    store("");
    kept.checked = false;
    fill("");
    note.textContent = note.dataset.forgotten;
    month.focus();
  });

  block.hidden = false;
  if (stored()) {
    const asked = age.value;
    kept.checked = true;
    fill(stored());
    take();
    if (asked) age.value = asked;
  }
})();
