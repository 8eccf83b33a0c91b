//! The small library: the functions of the C ABI that need no heap, as a shared library or an archive.
//!
//! Invariant: it cannot panic, and that is shown by linking it: the panic handler calls a function that nobody has. It
//! stays only if something can panic, and then the link fails with that function's name.
#![no_std]

// Its exported functions are what this library is.
use exequatur as _;

unsafe extern "C" {
    /// Defined nowhere.
    fn exequatur_small_can_panic() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: there is no such function, so that nothing that links can ever come here.
    unsafe { exequatur_small_can_panic() }
}
