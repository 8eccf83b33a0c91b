//! Civil dates and elapsed time.
