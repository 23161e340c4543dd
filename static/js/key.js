/* Says so where a security key did not work: allauth's script only writes it to the console. */

document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.getElementById("key-failed").hidden = false;
});
