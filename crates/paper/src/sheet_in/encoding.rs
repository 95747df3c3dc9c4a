//! Which encoding a text is in, and reading it as UTF-8.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Decoder, Encoding, GB18030, GBK, UTF_8};

/// Finds the encoding of the whole text: a byte order mark, else UTF-8 if every byte agrees, else the likeliest, in favour of Chinese.
pub(super) fn find(mut text: impl Read, mut again: impl FnMut() -> io::Result<Box<dyn Read + Send>>) -> io::Result<&'static Encoding> {
    let mut window = vec![0; 64 << 10];
    let mut filled = fill(&mut text, &mut window, 0)?;
    if let Some((encoding, _)) = Encoding::for_bom(&window[..filled]) {
        return Ok(encoding);
    }
    while filled > 0 {
        let open = match std::str::from_utf8(&window[..filled]) {
            Ok(_) => 0,
            Err(error) if error.error_len().is_none() => filled - error.valid_up_to(),
            Err(_) => return guess(again()?),
        };
        window.copy_within(filled - open..filled, 0);
        filled = fill(&mut text, &mut window, open)?;
        if filled == open {
            return if open == 0 { Ok(UTF_8) } else { guess(again()?) };
        }
    }
    Ok(UTF_8)
}

fn guess(mut text: Box<dyn Read + Send>) -> io::Result<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut window = vec![0; 64 << 10];
    loop {
        let filled = fill(&mut text, &mut window, 0)?;
        detector.feed(&window[..filled], filled < window.len());
        if filled < window.len() {
            break;
        }
    }
    let likeliest = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // GB18030 reads every GBK text the same way and has the rare characters of names besides.
    Ok(if likeliest == GBK { GB18030 } else { likeliest })
}

/// Fills the window from `from` on; returns how far it is filled, less than its length only at the end of the text.
fn fill(text: &mut impl Read, window: &mut [u8], from: usize) -> io::Result<usize> {
    let mut filled = from;
    while filled < window.len() {
        match text.read(&mut window[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The encoding of that name.
pub(super) fn named(label: &str) -> Option<&'static Encoding> {
    match Encoding::for_label(label.trim().as_bytes())? {
        encoding if encoding == GBK => Some(GB18030),
        encoding if encoding == BIG5 => Some(BIG5),
        encoding => Some(encoding),
    }
}

/// A text of any encoding, read as UTF-8 without its mark; what means nothing becomes U+FFFD.
pub(super) struct Decoded<R> {
    text: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_from: usize,
    ready: Vec<u8>,
    ready_from: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(text: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { text, decoder, raw: Vec::new(), raw_from: 0, ready: Vec::new(), ready_from: 0, ended: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        if self.raw_from == self.raw.len() {
            self.raw.resize(64 << 10, 0);
            let filled = fill(&mut self.text, &mut self.raw, 0)?;
            self.ended = filled < self.raw.len();
            self.raw.truncate(filled);
            self.raw_from = 0;
        }
        self.ready.resize(128 << 10, 0);
        let (result, read, written, _) = self.decoder.decode_to_utf8(&self.raw[self.raw_from..], &mut self.ready, self.ended);
        self.raw_from += read;
        self.ready.truncate(written);
        self.ready_from = 0;
        // A full output buffer is no end, even with all input taken.
        if self.ended && result == encoding_rs::CoderResult::OutputFull {
            self.ended = false;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ready_from == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            self.decode_more()?;
        }
        let count = out.len().min(self.ready.len() - self.ready_from);
        out[..count].copy_from_slice(&self.ready[self.ready_from..self.ready_from + count]);
        self.ready_from += count;
        Ok(count)
    }
}
