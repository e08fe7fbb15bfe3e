// Buttons that print. Without scripts they are not shown, and the browser's own menu does the same.
"use strict";
document.documentElement.classList.add("scripted");
document.addEventListener("click", (event) => { if (event.target.closest?.("[data-print]")) window.print(); });
