//! Draws a chart: dark text and bars on white, wide enough for a phone. Knows no fact.

use ab_glyph::{Font, FontRef, OutlineCurve, Point};
use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Transform};

use super::{Bar, Chart};

/// PT Sans has the letters of Russian and Kazakh. Its license, the Open Font License, stands beside it.
const REGULAR: &[u8] = include_bytes!("PTSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("PTSans-Bold.ttf");

/// Everything below is in pixels.
const WIDTH: f32 = 1000.0;
const MARGIN: f32 = 56.0;
const INSIDE: f32 = WIDTH - 2.0 * MARGIN;
const TITLE: f32 = 54.0;
const FIGURE: f32 = 48.0;
const LABEL: f32 = 40.0;
const FOOT: f32 = 30.0;
/// A line of text is this much higher than its letters.
const LEADING: f32 = 1.25;
const BAR: f32 = 44.0;
/// A bar that would be thinner could not be seen.
const THINNEST: f32 = 5.0;
const GAP: f32 = 30.0;
/// A picture that is higher would be cut or refused: Telegram allows 10,000 for width and height together.
const HIGHEST: f32 = 8000.0;

type Ink = [u8; 3];
const TEXT: Ink = [0x1c, 0x1f, 0x24];
const QUIET: Ink = [0x55, 0x5b, 0x66];
const WHOLE: Ink = [0x1f, 0x4e, 0x79];
const PART: Ink = [0x5b, 0x93, 0xc4];

/// Something at its place, measured from the top.
enum Mark<'a> {
    Line {
        text: String,
        font: &'a FontRef<'static>,
        size: f32,
        at: (f32, f32),
        ink: Ink,
    },
    Block {
        at: (f32, f32),
        width: f32,
        ink: Ink,
    },
}

/// What is put on the sheet so far, and where its free part begins.
struct Sheet<'a> {
    marks: Vec<Mark<'a>>,
    y: f32,
}

impl<'a> Sheet<'a> {
    fn line(&mut self, text: &str, font: &'a FontRef<'static>, size: f32, x: f32, ink: Ink) {
        self.marks.push(Mark::Line {
            text: text.to_owned(),
            font,
            size,
            at: (x, self.y + size),
            ink,
        });
    }

    /// Lines of text that are as long as the sheet is wide.
    fn lines(&mut self, text: &str, font: &'a FontRef<'static>, size: f32, ink: Ink) {
        for line in wrapped(text, font, size) {
            self.line(&line, font, size, MARGIN, ink);
            self.y += size * LEADING;
        }
    }

    /// A figure, what it counts, and its bar below.
    fn bar(&mut self, bar: &Bar, [regular, bold]: [&'a FontRef<'static>; 2], ink: Ink) {
        let width = width(&bar.figure, bold, FIGURE);
        let x = MARGIN + width + LABEL / 2.0;
        if width <= INSIDE && x + self::width(&bar.label, regular, LABEL) <= WIDTH - MARGIN {
            self.line(&bar.figure, bold, FIGURE, MARGIN, TEXT);
            self.marks.push(Mark::Line {
                text: bar.label.clone(),
                font: regular,
                size: LABEL,
                at: (x, self.y + FIGURE),
                ink: TEXT,
            });
            self.y += FIGURE * LEADING;
        } else {
            self.lines(&bar.figure, bold, FIGURE, TEXT);
            self.lines(&bar.label, regular, LABEL, TEXT);
        }
        self.y += BAR / 4.0;
        let width = (bar.share * INSIDE).clamp(THINNEST, INSIDE);
        self.marks.push(Mark::Block {
            at: (MARGIN, self.y),
            width,
            ink,
        });
        self.y += BAR + GAP;
    }
}

/// The picture as a PNG file.
pub(super) fn png(chart: &Chart) -> Option<Vec<u8>> {
    let regular = FontRef::try_from_slice(REGULAR).ok()?;
    let bold = FontRef::try_from_slice(BOLD).ok()?;
    let mut sheet = Sheet {
        marks: Vec::new(),
        y: MARGIN,
    };
    sheet.lines(&chart.title, &bold, TITLE, TEXT);
    sheet.y += GAP;
    for bar in &chart.bars {
        sheet.bar(
            bar,
            [&regular, &bold],
            if bar.is_part { PART } else { WHOLE },
        );
    }
    for line in &chart.foot {
        sheet.lines(line, &regular, FOOT, QUIET);
    }
    let height = sheet.y + MARGIN - FOOT * (LEADING - 1.0);
    if height > HIGHEST {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both are small and not negative"
    )]
    let mut pixmap = Pixmap::new(WIDTH as u32, height.ceil() as u32)?;
    pixmap.fill(Color::WHITE);
    for mark in &sheet.marks {
        draw(mark, &mut pixmap);
    }
    pixmap.encode_png().ok()
}

fn draw(mark: &Mark<'_>, pixmap: &mut Pixmap) {
    let mut path = PathBuilder::new();
    let ink = match mark {
        Mark::Line {
            text,
            font,
            size,
            at,
            ink,
        } => {
            write(&mut path, text, font, *size, *at);
            ink
        }
        Mark::Block {
            at: (x, y),
            width,
            ink,
        } => {
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, BAR) {
                path.push_rect(rect);
            }
            ink
        }
    };
    let mut paint = Paint::default();
    let [red, green, blue] = *ink;
    paint.set_color_rgba8(red, green, blue, 0xff);
    if let Some(path) = path.finish() {
        pixmap.fill_path(
            &path,
            &paint,
            FillRule::Winding,
            Transform::identity(),
            None,
        );
    }
}

/// Adds the outlines of a line of text that starts at a point of its base line.
fn write(
    path: &mut PathBuilder,
    text: &str,
    font: &FontRef<'static>,
    size: f32,
    (x, y): (f32, f32),
) {
    let scale = scale(font, size);
    for (offset, glyph) in glyphs(text, font, size) {
        let Some(outline) = font.outline(glyph) else {
            continue;
        };
        // The font counts upwards, the picture downwards.
        let place = |point: Point| (x + offset + point.x * scale, y - point.y * scale);
        let mut end: Option<Point> = None;
        for curve in outline.curves {
            let (first, last) = match curve {
                OutlineCurve::Line(a, b)
                | OutlineCurve::Quad(a, _, b)
                | OutlineCurve::Cubic(a, _, _, b) => (a, b),
            };
            if end != Some(first) {
                path.close();
                let (x, y) = place(first);
                path.move_to(x, y);
            }
            let (x, y) = place(last);
            match curve {
                OutlineCurve::Line(..) => path.line_to(x, y),
                OutlineCurve::Quad(_, by, _) => {
                    let (x1, y1) = place(by);
                    path.quad_to(x1, y1, x, y);
                }
                OutlineCurve::Cubic(_, by, and, _) => {
                    let ((x1, y1), (x2, y2)) = (place(by), place(and));
                    path.cubic_to(x1, y1, x2, y2, x, y);
                }
            }
            end = Some(last);
        }
        path.close();
    }
}

/// The glyphs of a line of text, each with how far it stands from the start.
fn glyphs(text: &str, font: &FontRef<'static>, size: f32) -> Vec<(f32, ab_glyph::GlyphId)> {
    let scale = scale(font, size);
    let mut x = 0.0;
    let mut before = None;
    let mut placed = Vec::new();
    for character in text.chars() {
        let glyph = font.glyph_id(character);
        if let Some(before) = before {
            x += font.kern_unscaled(before, glyph) * scale;
        }
        placed.push((x, glyph));
        x += font.h_advance_unscaled(glyph) * scale;
        before = Some(glyph);
    }
    placed
}

fn width(text: &str, font: &FontRef<'static>, size: f32) -> f32 {
    let last = |(x, glyph): &(f32, _)| x + font.h_advance_unscaled(*glyph) * scale(font, size);
    glyphs(text, font, size).last().map_or(0.0, last)
}

fn scale(font: &FontRef<'static>, size: f32) -> f32 {
    size / font.units_per_em().unwrap_or(1000.0)
}

/// A text in lines that fit; a word that is longer than a line has one of its own.
fn wrapped(text: &str, font: &FontRef<'static>, size: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), font, size) <= INSIDE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_the_sheet_and_lose_no_word() {
        let font = FontRef::try_from_slice(REGULAR).expect("it is a font");
        let text = "Қазақстан Мәжілісінде 2022 жылғы Қаңтар оқиғасы туралы 2023 жылғы 5 қаңтарда өткен арнайы тыңдау";
        let lines = wrapped(text, &font, LABEL);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| width(line, &font, LABEL) <= INSIDE));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn the_fonts_have_the_letters_of_every_language() {
        let letters = "AZaz09АЯЁаяёӘәҒғҚқҢңӨөҰұҮүҺһІі–—«»“”’…№$€";
        for font in [REGULAR, BOLD] {
            let font = FontRef::try_from_slice(font).expect("it is a font");
            for letter in letters.chars() {
                assert_ne!(font.glyph_id(letter).0, 0, "{letter}");
            }
        }
    }
}
