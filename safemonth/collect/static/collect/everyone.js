// Plus and minus beside each number; the page works without them.
for (const button of document.querySelectorAll('button.step')) {
  button.addEventListener('click', () => {
    const field = document.getElementById(button.dataset.for);
    const now = Number.parseInt(field.value, 10) || 0;
    field.value = String(Math.max(0, now + Number(button.dataset.by)));
  });
}
// A second tap while a photo is on its way sends nothing twice; the key in the form sees to the rest.
const form = document.querySelector('.my-part form');
form?.addEventListener('submit', () => {
  const send = form.querySelector('.wide-act');
  window.setTimeout(() => { send.disabled = true; }, 0);
});
