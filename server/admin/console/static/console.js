/* What neither HTML nor htmx does: a slider with its number, a field that is set here once it is edited, copying a key,
   and a microphone. Every page works without it, save the microphone. */
"use strict";

// A browser that comes back to a page may fill in the one and not the other; the number is what is sent.
for (const slider of document.querySelectorAll("[data-number]")) {
  const number = document.getElementById(slider.dataset.number);
  if (number.value !== "") slider.value = number.value;
}

document.addEventListener("input", (event) => {
  const control = event.target;
  const slider = control.matches("[data-number]");
  if (slider) {
    document.getElementById(control.dataset.number).value = control.value;
  } else if (control.id) {
    const beside = document.querySelector(`[data-number="${CSS.escape(control.id)}"]`);
    if (beside && control.value !== "") beside.value = control.value;
  }
  // What is edited is meant to be set here.
  const row = control.closest(".row");
  const own = row && row.querySelector("[data-own]");
  if (own && control !== own) own.checked = true;
  if (row && own) row.classList.toggle("inherited", !own.checked);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  text.focus();
  text.select();
  const told = document.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(text.value);
    told.textContent = "Copied.";
  } catch {
    told.textContent = "This browser does not copy from here: the key is selected, copy it by keyboard.";
  }
});

document.addEventListener("toggle", (event) => {
  // A form that has just opened is what comes next.
  if (event.target.matches("details.action[open]")) {
    const first = event.target.querySelector("form input:not([type=hidden]), form select, form textarea");
    if (first) first.focus();
  }
}, true);

document.addEventListener("htmx:sendError", () => {
  tell("The server does not answer. What is shown may be old.");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  // An answer that did not come from a page of the console, such as that of a body over the limit.
  const answer = event.detail.xhr;
  if (!(answer.getResponseHeader("content-type") || "").includes("json")) return;
  event.detail.shouldSwap = false;
  let message = "";
  try {
    message = JSON.parse(answer.responseText).error.message;
  } catch {
    message = `The server answered ${answer.status}.`;
  }
  tell(message);
});

document.addEventListener("htmx:afterRequest", (event) => {
  // The server answers as it should again. (htmx takes a refusal that is shown for a success.)
  const { status } = event.detail.xhr;
  if (status >= 200 && status < 400) document.getElementById("notices").replaceChildren();
});

function tell(message) {
  const notice = document.createElement("div");
  notice.className = "notice bad";
  notice.setAttribute("role", "alert");
  notice.textContent = message;
  document.getElementById("notices").replaceChildren(notice);
}

/* The microphone. A recording becomes the form's audio file, as if it had been chosen. */

const record = document.getElementById("record");
if (record) {
  const file = document.getElementById("audio");
  const heard = document.getElementById("heard");
  const drop = document.getElementById("drop");
  const told = document.getElementById("recorded");
  const words = record.querySelector("span");
  const most = Number(file.dataset.mostSeconds);
  let recorder = null;
  let clock = null;

  const show = () => {
    if (heard.src) URL.revokeObjectURL(heard.src);
    const clip = file.files[0];
    heard.hidden = drop.hidden = !clip;
    if (clip) heard.src = URL.createObjectURL(clip);
    else heard.removeAttribute("src");
  };

  const stop = () => {
    if (recorder && recorder.state !== "inactive") recorder.stop();
  };

  const start = async () => {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      told.textContent = "The microphone cannot be used: allow it for this page, or choose a file.";
      return;
    }
    const pieces = [];
    const began = performance.now();
    recorder = new MediaRecorder(sound);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      sound.getTracks().forEach((track) => track.stop());
      record.setAttribute("aria-pressed", "false");
      words.textContent = "Record anew";
      const kind = recorder.mimeType.split(";")[0];
      const clip = new File(pieces, `recording.${kind.endsWith("mp4") ? "m4a" : kind.split("/")[1]}`, { type: kind });
      const holder = new DataTransfer();
      holder.items.add(clip);
      file.files = holder.files;
      told.textContent = `Recorded ${((performance.now() - began) / 1000).toFixed(1)} s.`;
      show();
    });
    recorder.start();
    record.setAttribute("aria-pressed", "true");
    words.textContent = "Stop";
    told.textContent = "Recording…";
    clock = setInterval(() => {
      // A little before the limit: what the recorder still holds counts, too.
      if ((performance.now() - began) / 1000 > most - 0.25) stop();
    }, 50);
  };

  if (navigator.mediaDevices && window.MediaRecorder) {
    record.hidden = false;
    record.addEventListener("click", () => (recorder && recorder.state === "recording" ? stop() : start()));
  }
  file.addEventListener("change", () => {
    told.textContent = "";
    const clip = file.files[0];
    if (clip && clip.size > Number(file.dataset.mostBytes)) {
      told.textContent = `${clip.name} is larger than the server takes; choose a shorter or a compressed one.`;
      file.value = "";
    }
    show();
  });
  drop.addEventListener("click", () => {
    file.value = "";
    told.textContent = "";
    show();
    file.focus();
  });
}
