//! The signature at the end of a paper's file, behind what a reader of PDF looks at: by it a file that anybody changed is told from the one that a
//! device of the shop wrote.

use books::{Books, papers::SEAL_BYTES};

const MARK: &[u8] = b"%banyan-paper-1 ";

/// The file with this device's signature behind it.
pub(crate) fn sealed(books: &Books, mut file: Vec<u8>) -> Vec<u8> {
    if !file.ends_with(b"\n") {
        file.push(b'\n');
    }
    let seal = books.sign_paper(&file);
    file.extend_from_slice(MARK);
    file.extend(seal.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()));
    file.push(b'\n');
    file
}

/// A file parted from its signature; nothing where it has none.
pub(crate) fn parted(file: &[u8]) -> Option<(&[u8], [u8; SEAL_BYTES])> {
    let tail = MARK.len() + 2 * SEAL_BYTES + 1;
    let (body, tail) = file.split_at_checked(file.len().checked_sub(tail)?)?;
    let written = std::str::from_utf8(tail.strip_prefix(MARK)?.strip_suffix(b"\n")?).ok()?;
    let mut seal = [0; SEAL_BYTES];
    for (byte, place) in seal.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(written.get(place..place + 2)?, 16).ok()?;
    }
    Some((body, seal))
}
