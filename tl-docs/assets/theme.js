// The theme: that of the system, or what was chosen with the switch. Runs before the page is shown.
(function () {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const stored = function () {
    try { return localStorage.getItem("tl-theme"); } catch { return null; }
  };
  const apply = function (theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  apply(stored());
  document.addEventListener("DOMContentLoaded", function () {
    const button = document.getElementById("theme");
    const isDark = function () {
      return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
    };
    const show = function () { button.setAttribute("aria-pressed", String(isDark())); };
    button.hidden = false;
    show();
    system.addEventListener("change", show);
    button.addEventListener("click", function () {
      const theme = isDark() ? "light" : "dark";
      apply(theme);
      show();
      try { localStorage.setItem("tl-theme", theme); } catch { /* It lasts for this page. */ }
    });
  });
})();
