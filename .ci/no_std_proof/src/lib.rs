//! If any crate below quorate linked std, this would define the panic handler a second time and not compile.
//!
//! It has to use the crate: a dependency that nothing uses is not loaded, and would pass.
#![no_std]

extern crate alloc;

use core::alloc::{GlobalAlloc, Layout};

struct NoMemory;

// SAFETY: never hands memory out; nothing here is ever run.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static MEMORY: NoMemory = NoMemory;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Calls the whole way from documents to an assessment.
#[unsafe(no_mangle)]
pub extern "C" fn assess(day: i32) -> usize {
    let (Ok(day), graph, tally) = (quorate::Day::from_days_since_epoch(day), quorate::AccountGraph::new(), quorate::SignalTally::new()) else {
        return 0;
    };
    quorate::assess(&graph, &tally, &quorate::Policy::default(), day).accounts.len()
}
