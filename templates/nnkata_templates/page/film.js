(() => {
  "use strict";
  /* Pictures with several frames play by themselves, from the first frame to the last, once. Each has
     a button to stop and to play again; choosing a frame stops it too. Who asked the system for less
     motion starts a film with the button. */
  const FRAME_MS = 2500;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const films = new Map();

  class Film {
    constructor(name) {
      this.name = name;
      this.timer = 0;
      this.touched = false;
      this.started = false;
    }

    attach(fieldset) {
      const playing = this.timer;
      this.stop();
      const content = fieldset.querySelector(".frames").innerHTML;
      const isNew = this.content !== content;
      this.content = content;
      this.fieldset = fieldset;
      this.inputs = [...fieldset.querySelectorAll("input")];
      this.button = fieldset.querySelector("button");
      this.button.hidden = false;
      this.button.addEventListener("click", () => {
        this.touched = true;
        if (this.timer) this.stop(); else this.play();
      });
      for (const kind of ["input", "focusin"]) {
        fieldset.addEventListener(kind, (event) => {
          if (event.target === this.button) return;
          this.touched = true;
          this.stop();
        });
      }
      if (isNew && !this.touched) {
        this.started = false;
        this.inputs[0].checked = true;
      }
      this.label();
      if (playing && !isNew) this.play();
      if (!this.started) seen.observe(fieldset);
    }

    label() {
      const last = this.inputs.at(-1).checked;
      this.button.textContent = this.timer ? "Pause" : last ? "Play again" : "Play";
    }

    play() {
      this.started = true;
      if (this.inputs.at(-1).checked) this.inputs[0].checked = true;
      this.timer = setInterval(() => this.next(), FRAME_MS);
      this.label();
    }

    stop() {
      clearInterval(this.timer);
      this.timer = 0;
      if (this.button) this.label();
    }

    next() {
      const at = this.inputs.findIndex((input) => input.checked);
      const following = this.inputs[at + 1];
      if (following) following.checked = true;
      if (at + 2 >= this.inputs.length) this.stop();
    }
  }

  /* A film begins when a part of it can be seen. */
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      const film = films.get(entry.target.dataset.film);
      if (!film.started && !film.touched && !still.matches) film.play();
    }
  }, { threshold: 0.3 });

  const setUp = () => {
    for (const fieldset of document.querySelectorAll("fieldset[data-film]")) {
      const name = fieldset.dataset.film;
      if (!films.has(name)) films.set(name, new Film(name));
      films.get(name).attach(fieldset);
    }
  };
  still.addEventListener("change", () => {
    if (still.matches) for (const film of films.values()) film.stop();
  });
  addEventListener("beforeprint", () => { for (const film of films.values()) film.stop(); });
  document.addEventListener("swapped", setUp);
  setUp();

  /* On a narrow window the map begins where the learner is. */
  const here = document.querySelector(".map rect.thick");
  const sheet = here?.closest(".sheet");
  if (sheet) {
    const [box, frame] = [here.getBoundingClientRect(), sheet.getBoundingClientRect()];
    sheet.scrollLeft = box.left + box.width / 2 - frame.left - frame.width / 2;
  }
})();
