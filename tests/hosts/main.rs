//! The library as its hosts meet it: the header, and programs in C, C++ and Python.

mod header;
