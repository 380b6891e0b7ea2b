//! Pages with pieces that are kept: a piece is compressed once, when it is made, and goes as it is into every answer.
//!
//! A gzip stream may consist of blocks that know nothing of each other, and the checksum of two texts follows from the
//! checksums of each. So the rest of the page is compressed around the pieces, and nobody can tell the result from a page that
//! was compressed in one go, except by its being a little longer.

use super::{Error, reply};
use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compress, CompressError, Compression, Crc, FlushCompress, Status};
use std::fmt;

/// A flag-less header of gzip: method deflate, no name, no time, quickest, system unknown (RFC 1952).
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255];

/// A part of pages, with its compressed form.
#[derive(Debug)]
pub struct Piece {
    html: String,
    deflated: Vec<u8>,
    check: Crc,
}

impl Piece {
    /// Compresses it.
    ///
    /// # Errors
    /// When the compressor fails, which is our fault.
    pub fn new(html: String) -> Result<Self, Error> {
        let mut deflated = Vec::with_capacity(html.len() / 8 + 64);
        // Better than a page is: it is done once for many.
        deflate(&mut Compress::new(Compression::default(), false), html.as_bytes(), FlushCompress::Full, &mut deflated)
            .map_err(Error::internal)?;
        let mut check = Crc::new();
        check.update(html.as_bytes());
        Ok(Self { html, deflated, check })
    }

    /// For the template, which writes it in one go.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }

    /// How many bytes it takes to keep.
    #[must_use]
    pub fn size(&self) -> usize {
        self.html.len() + self.deflated.len()
    }
}

/// A page with status 200 in which `pieces` stand; `around` is about how many bytes the rest of it has.
///
/// # Errors
/// When the template or the compressor fails, which is our fault.
pub fn page_of(
    template: &impl Template,
    pieces: &[&Piece],
    around: usize,
    asked: &HeaderMap,
) -> Result<Response, Error> {
    if !takes_gzip(asked) {
        return reply::long_page(template, around + pieces.iter().map(|piece| piece.html.len()).sum::<usize>());
    }
    let mut stitched = Stitched::new(pieces, around);
    template.render_into(&mut stitched)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    Ok((StatusCode::OK, headers, stitched.finish().map_err(Error::internal)?).into_response())
}

/// Whether the browser named gzip, and did not refuse it by a weight of zero.
fn takes_gzip(asked: &HeaderMap) -> bool {
    let named = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight.is_some_and(|weight| weight > 0.0)
    })
}

/// Takes a page as it is written and compresses what stands around the pieces.
struct Stitched<'a> {
    pieces: &'a [&'a Piece],
    compress: Compress,
    /// Written since the last piece.
    text: String,
    out: Vec<u8>,
    check: Crc,
    failure: Option<CompressError>,
}

impl<'a> Stitched<'a> {
    fn new(pieces: &'a [&'a Piece], around: usize) -> Self {
        let mut out = Vec::with_capacity(around / 3 + pieces.iter().map(|piece| piece.deflated.len()).sum::<usize>());
        out.extend_from_slice(&HEADER);
        Self {
            pieces,
            compress: Compress::new(Compression::fast(), false),
            text: String::with_capacity(around),
            out,
            check: Crc::new(),
            failure: None,
        }
    }

    /// What follows a full flush refers to nothing before it, so a piece may stand there.
    fn flush(&mut self, how: FlushCompress) -> Result<(), CompressError> {
        self.check.update(self.text.as_bytes());
        deflate(&mut self.compress, self.text.as_bytes(), how, &mut self.out)?;
        self.text.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, CompressError> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        self.flush(FlushCompress::Finish)?;
        self.out.extend_from_slice(&self.check.sum().to_le_bytes());
        self.out.extend_from_slice(&self.check.amount().to_le_bytes());
        Ok(self.out)
    }
}

impl fmt::Write for Stitched<'_> {
    /// A piece is known by its place in memory: nothing that somebody wrote can be taken for one.
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let piece = self.pieces.iter().find(|piece| std::ptr::eq(piece.html.as_str(), text) && !text.is_empty());
        let Some(piece) = piece else {
            self.text.push_str(text);
            return Ok(());
        };
        if let Err(failure) = self.flush(FlushCompress::Full) {
            self.failure = Some(failure);
            return Err(fmt::Error);
        }
        self.out.extend_from_slice(&piece.deflated);
        self.check.combine(&piece.check);
        Ok(())
    }
}

fn deflate(compress: &mut Compress, text: &[u8], how: FlushCompress, out: &mut Vec<u8>) -> Result<(), CompressError> {
    let (begin, end) = (compress.total_in(), compress.total_in() + u64::try_from(text.len()).unwrap_or(u64::MAX));
    loop {
        out.reserve(text.len() / 4 + 64);
        let done = usize::try_from(compress.total_in() - begin).unwrap_or(usize::MAX);
        let status = compress.compress_vec(text.get(done..).unwrap_or_default(), out, how)?;
        let is_flushed = compress.total_in() == end && out.len() < out.capacity();
        if status == Status::StreamEnd || how != FlushCompress::Finish && is_flushed {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use proptest::prelude::*;
    use std::io::Read;

    #[derive(Template)]
    #[template(source = "{{ a|safe }}{{ one|safe }}{{ b|safe }}{{ two|safe }}{{ one|safe }}", ext = "html")]
    struct Page<'a> {
        a: &'a str,
        one: &'a str,
        b: &'a str,
        two: &'a str,
    }

    fn unpacked(bytes: &[u8]) -> String {
        let mut text = String::new();
        GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
        text
    }

    fn stitched(page: &Page<'_>, pieces: &[&Piece]) -> Vec<u8> {
        let mut to = Stitched::new(pieces, 0);
        page.render_into(&mut to).unwrap();
        to.finish().unwrap()
    }

    proptest! {
        #[test]
        fn a_stitched_page_is_the_page(a in "(?s).{0,400}", one in "(?s).{0,400}", b in "(?s).{0,40}", two in "[ab]{0,3000}") {
            let (one, two) = (Piece::new(one).unwrap(), Piece::new(two).unwrap());
            let page = Page { a: &a, one: one.html(), b: &b, two: two.html() };
            prop_assert_eq!(unpacked(&stitched(&page, &[&one, &two])), page.render().unwrap());
        }
    }

    #[test]
    fn a_piece_is_not_compressed_again() {
        let random: String =
            (0..40_000_u32).map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 27) as u8)).collect();
        let piece = Piece::new(random).unwrap();
        let page = Page { a: "before", one: piece.html(), b: "", two: "" };
        let out = stitched(&page, &[&piece]);
        assert!(
            out.windows(piece.deflated.len()).any(|bytes| bytes == piece.deflated),
            "it stands there as it was kept"
        );
        assert_eq!(unpacked(&out), page.render().unwrap());
        // Somebody who writes the same text does not write the piece.
        let same = piece.html().to_owned();
        let page = Page { a: "before", one: &same, b: "", two: "" };
        assert_eq!(unpacked(&stitched(&page, &[&piece])), page.render().unwrap());
    }

    #[test]
    fn gzip_is_sent_to_those_who_take_it() {
        for (asked, takes) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("identity", false),
            ("gzip;q=many", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(asked));
            assert_eq!(takes_gzip(&headers), takes, "{asked}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
