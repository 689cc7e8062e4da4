// What lies over the page and is not part of it: wraps the library of the other files.
(lib) => lib
