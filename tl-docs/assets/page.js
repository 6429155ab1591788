// What a page gets when scripts run: buttons that copy code, and the form of examples that was chosen last.
(function () {
  "use strict";

  function button(what, text) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = "Copy";
    made.setAttribute("aria-label", "Copy " + what);
    made.addEventListener("click", async function () {
      let done = "Copied";
      try {
        await navigator.clipboard.writeText(text());
      } catch {
        done = "Not allowed";
      }
      made.textContent = done;
      setTimeout(function () { made.textContent = "Copy"; }, 1500);
    });
    return made;
  }

  document.querySelectorAll("main pre").forEach(function (pre) {
    const box = document.createElement("div");
    box.className = "code";
    pre.replaceWith(box);
    box.append(pre, button("the code", () => pre.textContent));
  });

  const forms = document.querySelectorAll(".tabs > input");
  const label = (form) => form.nextElementSibling.textContent;
  let chosen = null;
  try { chosen = localStorage.getItem("tl-form"); } catch { /* The first one is shown. */ }
  forms.forEach(function (form) {
    if (label(form) === chosen) form.checked = true;
    form.addEventListener("change", function () {
      try { localStorage.setItem("tl-form", label(form)); } catch { /* It lasts for this page. */ }
    });
  });
})();
