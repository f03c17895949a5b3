//! A folder with one file that was tampered with, to its check: it is sound, or every fault has a place.

#![no_main]

use hearing_bot::expert::Expert;
use hearing_bot_fuzz::FOLDER;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let &[which, how, at, length, ref rest @ ..] = bytes else {
        return;
    };
    let mut folder = FOLDER.clone();
    let position = usize::from(which) % folder.files.len();
    let Some(file) = folder.files.values_mut().nth(position) else {
        return;
    };
    let start = file.len() * usize::from(at) / 256;
    let end = (start + usize::from(length)).min(file.len());
    match how % 3 {
        0 => *file = rest.to_vec(),
        1 => drop(file.splice(start..end, rest.iter().copied())),
        _ => drop(file.splice(start..start, rest.iter().copied())),
    }
    if let Err(faults) = Expert::new(&folder) {
        assert!(!faults.is_empty());
        for fault in faults {
            assert!(!fault.to_string().trim().is_empty());
        }
    }
});
