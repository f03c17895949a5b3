//! The bytes of an update to the calls that answer it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hearing_bot_fuzz::answer(bytes));
