//! Screenshots that are kept in the repository, in fewer octets: a page has few colours, and Chromium writes three octets for each
//! of its points.

use std::collections::HashMap;
use std::io::Cursor;

use png::{BitDepth, ColorType, Compression, Decoder, Encoder};

type Colour = [u8; 3];

/// The same picture with the 256 colours that most of it has, and the nearest of them for all others.
///
/// # Panics
///
/// If this is no PNG with three octets for each point, as a screenshot is.
#[must_use]
pub fn in_256_colours(picture: &[u8]) -> Vec<u8> {
    let mut reader = Decoder::new(Cursor::new(picture)).read_info().expect("a PNG");
    let mut points = vec![0; reader.output_buffer_size().expect("it fits into memory")];
    let frame = reader.next_frame(&mut points).expect("a PNG");
    assert_eq!((frame.color_type, frame.bit_depth), (ColorType::Rgb, BitDepth::Eight));
    let (points, _) = points.as_chunks::<3>();

    let palette = palette(points);
    // Most of the points are of few colours.
    let mut known = HashMap::new();
    let indices: Vec<u8> =
        points.iter().map(|colour| *known.entry(*colour).or_insert_with(|| nearest(&palette, *colour))).collect();

    let mut written = Vec::new();
    let mut encoder = Encoder::new(&mut written, frame.width, frame.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    // Neighbours in a palette have nothing to do with each other.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("it is written into memory");
    writer.write_image_data(&indices).expect("there are as many as points");
    writer.finish().expect("it is written into memory");
    written
}

/// The most frequent colours; of two that are as frequent, the one that is less, so that the same picture is the same file.
fn palette(points: &[Colour]) -> Vec<Colour> {
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for colour in points {
        *counts.entry(*colour).or_default() += 1;
    }
    let mut colours: Vec<Colour> = counts.keys().copied().collect();
    colours.sort_by_key(|colour| (usize::MAX - counts[colour], *colour));
    colours.truncate(256);
    colours
}

fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let distance = |other: &Colour| -> u32 {
        other.iter().zip(colour).map(|(left, right)| u32::from(left.abs_diff(right)).pow(2)).sum()
    };
    let nearest = (0..=u8::MAX).zip(palette).min_by_key(|(_, other)| distance(other));
    nearest.map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, points: &[Colour]) -> Vec<u8> {
        let mut written = Vec::new();
        let height = u32::try_from(points.len()).unwrap() / width;
        let mut encoder = Encoder::new(&mut written, width, height);
        encoder.set_color(ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(points.as_flattened()).unwrap();
        written
    }

    fn points(png: &[u8]) -> Vec<Colour> {
        let mut decoder = Decoder::new(Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut octets = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut octets).unwrap();
        octets.as_chunks::<3>().0.to_vec()
    }

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let picture = [[1, 2, 3], [4, 5, 6], [1, 2, 3], [255, 0, 255], [0, 0, 0], [4, 5, 6]];
        assert_eq!(points(&in_256_colours(&png(3, &picture))), picture);
    }

    /// All greys twice, and one colour once, which is nearest to one of them.
    #[test]
    fn rare_colours_become_their_neighbours() {
        let greys: Vec<Colour> = (0..=255).flat_map(|grey| [[grey; 3]; 2]).collect();
        let picture = [&greys[..], &[[100, 101, 100], [100; 3]]].concat();
        let found = points(&in_256_colours(&png(514, &picture)));
        assert_eq!((&found[..512], found[512]), (&greys[..], [100; 3]));
    }
}
