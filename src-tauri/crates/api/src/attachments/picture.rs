//! Taking a picture in: turned upright, made smaller, written anew without anything that the
//! camera noted, so that the place where it was taken is gone.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, Rgb, RgbImage};
use jiugai_storage::attachments::{AttachedFile, Hash};
use sha2::{Digest, Sha256};

use crate::text::size;

/// Bytes of a picture that is taken in at most: 40 MB.
pub(super) const LARGEST_FILE: u64 = 40 << 20;
/// Bytes of a scan at most: 20 MB.
const LARGEST_SCAN: usize = 20 << 20;
/// Pixels of a picture at most, whatever its bytes: a small file can unfold to a huge picture.
const MOST_PIXELS: u64 = 120_000_000;
/// Bytes that a picture may unfold to.
const MOST_MEMORY: u64 = 512 << 20;
/// A whole scan tells in its last bytes where its parts are.
const SCAN_TAIL: usize = 4_096;
/// Pixels of the longer side at most.
const LONGEST_SIDE: u32 = 2_000;
/// The same of the little picture in lists.
const THUMBNAIL_SIDE: u32 = 320;
const QUALITY: u8 = 82;

/// A file as it is kept.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) file: AttachedFile,
    pub(super) hash: Hash,
    /// ISO date that the camera noted.
    pub(super) taken_on: Option<String>,
}

impl Taken {
    fn new(file: AttachedFile, taken_on: Option<String>) -> Self {
        let hash = Sha256::digest(&file.bytes).into();
        Self {
            file,
            hash,
            taken_on,
        }
    }
}

/// A picture or scan as it is kept, or a sentence why it is not.
pub(super) fn take(name: &str, bytes: Vec<u8>) -> Result<Taken, String> {
    if bytes.is_empty() {
        return Err(damaged(name));
    }
    if bytes.starts_with(b"%PDF-") {
        if bytes.len() > LARGEST_SCAN {
            return Err(format!(
                "“{name}”有 {}，扫描件最多 20 MB，没有添加。请用较低的分辨率重新扫描。",
                size(bytes.len() as u64)
            ));
        }
        let tail = &bytes[bytes.len().saturating_sub(SCAN_TAIL)..];
        if !tail.windows(5).any(|part| part == b"%%EOF") {
            return Err(damaged(name));
        }
        let file = AttachedFile {
            media_type: "application/pdf".to_owned(),
            width: 0,
            height: 0,
            thumbnail: Vec::new(),
            bytes,
        };
        return Ok(Taken::new(file, None));
    }
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(name, bytes.len() as u64));
    }
    if is_heic(&bytes) {
        return Err(format!(
            "“{name}”是手机的 HEIC 格式，没有添加。请在手机上把它另存为 JPG 再传；苹果手机在“设置—相机—格式”里选“兼容性最佳”，以后拍的就是 JPG。"
        ));
    }
    let mut reader = ImageReader::new(Cursor::new(&bytes))
        .with_guessed_format()
        .map_err(|_| damaged(name))?;
    if reader
        .format()
        .is_none_or(|format| !format.reading_enabled())
    {
        return Err(format!(
            "“{name}”不是能用的照片，没有添加。能添加的是 JPG、PNG、WEBP 照片和 PDF 扫描件，请另存为其中一种。"
        ));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(30_000);
    limits.max_image_height = Some(30_000);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let refused = |error: &ImageError| match error {
        ImageError::Limits(_) => too_many_pixels(name),
        _ => damaged(name),
    };
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(too_many_pixels(name));
    }
    let noted = decoder.exif_metadata().ok().flatten();
    let orientation = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    if picture.width().max(picture.height()) > LONGEST_SIDE {
        picture = picture.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::Triangle);
    }
    picture.apply_orientation(orientation);
    let little = picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE);
    let file = AttachedFile {
        media_type: "image/jpeg".to_owned(),
        width: picture.width(),
        height: picture.height(),
        thumbnail: written(&little).ok_or_else(|| damaged(name))?,
        bytes: written(&picture).ok_or_else(|| damaged(name))?,
    };
    Ok(Taken::new(file, noted.and_then(day_of)))
}

pub(super) fn too_large(name: &str, bytes: u64) -> String {
    format!(
        "“{name}”有 {}，照片最多 40 MB，没有添加。请先在手机或电脑上压缩。",
        size(bytes)
    )
}

fn too_many_pixels(name: &str) -> String {
    format!(
        "“{name}”的像素太多（照片最多 1.2 亿像素），没有添加。请先用画图等软件把它缩小，再添加一次。"
    )
}

pub(super) fn damaged(name: &str) -> String {
    format!("“{name}”已损坏或者没有传完，没有添加。请重新从手机或相机里复制一份。")
}

/// A kept picture no larger than needed on paper.
pub(crate) fn for_paper(bytes: &[u8], longest_side: u32) -> Option<Vec<u8>> {
    let picture = image::load_from_memory(bytes).ok()?;
    if picture.width().max(picture.height()) <= longest_side {
        return Some(bytes.to_vec());
    }
    written(&picture.resize(longest_side, longest_side, FilterType::Triangle))
}

/// The box at the beginning names the format.
fn is_heic(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).unwrap_or_default();
    bytes.get(4..8) == Some(b"ftyp")
        && [
            &b"heic"[..],
            b"heix",
            b"hevc",
            b"heim",
            b"heis",
            b"mif1",
            b"msf1",
        ]
        .contains(&brand)
}

/// As JPEG on white paper.
fn written(picture: &DynamicImage) -> Option<Vec<u8>> {
    let flat = if picture.color().has_alpha() {
        let clear = picture.to_rgba8();
        let mut flat = RgbImage::new(clear.width(), clear.height());
        for (to, from) in flat.pixels_mut().zip(clear.pixels()) {
            let [red, green, blue, alpha] = from.0.map(u16::from);
            let on_white = |part: u16| {
                u8::try_from((part * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
            };
            *to = Rgb([on_white(red), on_white(green), on_white(blue)]);
        }
        flat
    } else {
        picture.to_rgb8()
    };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(&flat)
        .ok()?;
    Some(bytes)
}

/// The day on which the camera says it was taken.
fn day_of(noted: Vec<u8>) -> Option<String> {
    let noted = exif::Reader::new().read_raw(noted).ok()?;
    let field = noted.get_field(exif::Tag::DateTimeOriginal, exif::In::PRIMARY)?;
    let exif::Value::Ascii(texts) = &field.value else {
        return None;
    };
    let text = std::str::from_utf8(texts.first()?.get(..10)?).ok()?;
    let day = chrono::NaiveDate::parse_from_str(text, "%Y:%m:%d").ok()?;
    Some(day.format("%Y-%m-%d").to_string())
}
